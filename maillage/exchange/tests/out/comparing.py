"""Carrying a plan from one territory to another through a workbook, and comparing workbooks cell by cell."""

import io

import openpyxl

from maillage.exchange.operations.imports import load_import, read_import
from maillage.exchange.out.national_sheet import national_workbook
from maillage.exchange.out.whole import whole_of
from maillage.people.tests.factories import TerritoryFactory, member
from maillage.plan.tests.factories import ConventionFactory


def cells(workbook):
    """(sheet, cell) → value of every cell that holds something."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def national(convention, by):
    return national_workbook(whole_of(convention, reader=by))


def elsewhere():
    """An empty territory with its convention, and its coordinator."""
    territory = TerritoryFactory()
    return ConventionFactory(territory=territory), member(territory)


def imported(file):
    """(convention, coordinator) of an empty territory into which the workbook was loaded."""
    convention, by = elsewhere()
    plan_import = read_import(convention, file, "plan.xlsx", by=by)
    errors = [problem for problem in plan_import.problems if problem["severity"] == "error"]
    assert not errors, errors
    load_import(plan_import, by=by)
    return convention, by
