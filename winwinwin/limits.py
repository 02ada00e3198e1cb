"""How much is read of what comes from outside, in one place; docs/trust.md and docs/mcp.md tell users the numbers."""

MEGABYTE = 1 << 20
GIGABYTE = 1 << 30

MOST_DOCUMENT = 64 * MEGABYTE
"""Bytes of a rulebook, a mapping, a file of cases or of defaults, and of one that is added to."""

FREELY_UNPACKED = 256 * MEGABYTE
"""Bytes that anything compressed may hold."""
MOST_TIMES = 100
"""How many times its own size it may hold beyond that: data are compressed to a tenth, hardly more."""

MOST_RULES = 1_000
"""Rules, notes, assumptions, or alternatives of one of them, in a rulebook: there are 1,026 kinds."""

MOST_PLACES = 1 << 24
"""Cells of a sheet from its first to its last one, empty ones among them."""
PLACES_EACH = 10
"""Cells that it may have beyond that for each one that holds something."""

MOST_COLUMNS = 16_384
"""Columns of a table; no spreadsheet has more, and an engine's time grows with them."""

TRIED_WITH = 1024 * MEGABYTE
"""Bytes of memory in which another workbook than an .xlsx must be readable."""
TRIED_EACH = 100
"""Bytes that it may take beyond that for each of its own, which are few where it is compressed."""

LONGEST_LINE = 32 * MEGABYTE
"""Bytes of the longest line of text in a table."""

MOST_ALIASED = 100_000
"""Values that the aliases of a file of YAML may stand for."""
ALIASED_EACH = 100
"""Values that they may stand for beyond that for each character of the file."""

REPORT_ADDRESSES = 72 * GIGABYTE
"""Addresses that the engine which draws charts reserves at its start."""

MOST_TOGETHER = 1_000
"""Records that an agent may have summed up in one call."""
LONGEST_WORDS = 200
"""Characters of an id, a name, a tag or a fact's value that an agent gives."""
LONGEST_QUOTE = 2_000
"""Characters of a quote from a conversation."""
LONGEST_NOTES = 10_000
"""Characters of the notes that an agent adds of its own."""
MOST_TAGS = 50
"""Tags of one record that an agent gives."""
