"""Who may do what: roles, the verb × role tables that capabilities declare, and the one question `may` asks of them.

Beneath everything, without a model: `people` says which role a person holds in a territory (`User.role_in`), the
capabilities say what a role may do, and this package only puts the two together.
"""
