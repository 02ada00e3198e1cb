"""The form: one page that asks about an interaction and judges it by looking it up."""
