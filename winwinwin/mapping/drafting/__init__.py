"""Drafting a mapping: what each column holds, and what it is taken for, by its values and its name.

Only what columns hold is imported here: every batch knows it, and few are drafted.
"""

from winwinwin.mapping.drafting.columns import FEW, KEPT, Column, columns_of

__all__ = ["FEW", "KEPT", "Column", "columns_of"]
