"""Drafting a mapping: what each column holds, and what it is taken for, by its values and its name."""

from winwinwin.mapping.drafting.columns import FEW, KEPT, Column, columns_of
from winwinwin.mapping.drafting.exports import export_of
from winwinwin.mapping.drafting.writing import draft

__all__ = ["FEW", "KEPT", "Column", "columns_of", "draft", "export_of"]
