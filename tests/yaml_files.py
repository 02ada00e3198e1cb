"""Files that a record can be added to, of every shape."""

FILES = {
    "empty": "",
    "comments only": "# a week\n",
    "a list": "- id: A\n  salesperson: won\n",
    "no final newline": "- id: A\n  salesperson: won",
    "a comment at the end": "- id: A\n  salesperson: won\n# to be continued",
    "an indented list": "# top\ninteractions:\n  - id: A   # first\n    customer: lost\n",
    "a list under its key": "interactions:\n- {id: A, salesperson: won}\n",
    "nothing under its key": "interactions:\n",
    "deep indentation": "interactions:\n      - id: A\n        customer: lost\n",
    "empty lines": "- id: A\n  customer: won\n\n# next\n- id: B\n  customer: lost\n",
    "a block of text at the end": "- id: A\n  salesperson: won\n  notes: |\n    said\n    - this\n",
    "a block that keeps its end": "- id: A\n  salesperson: won\n  notes: |+\n    said\n\n",
    "a folded text": "- id: A\n  notes: >-\n    said\n    this",
    "windows line ends": "- id: A\r\n  salesperson: won\r\n",
    "a byte-order mark": "\ufeff- id: A\n  salesperson: won\n",
    "a document mark": "---\n- id: A\n  salesperson: won\n",
    "an anchor": "- &a {id: A, salesperson: won}\n- *a\n",
    "an invalid record": "- {id: A, salesperson: wun}\n- {id: B, salesperson: won}\n",
}
