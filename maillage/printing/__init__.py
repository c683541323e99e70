"""What leaves on paper or in a file: PDF, Word, Excel, CSV. Knows how a page looks and no word of the domain.

Capabilities give plain data already in French (amounts, days and states as words) and a template of their own.
"""
