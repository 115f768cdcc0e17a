"""YAML mappings as plain text fields with their line numbers: nothing is constructed, so nothing can run or swell."""

from __future__ import annotations

import yaml

_NULL = "tag:yaml.org,2002:null"

Fields = dict[str, tuple[str | None, int]]
"""Each key's text (None for an empty value or a nested one) and its line, from 1."""


class BadYamlError(ValueError):
    """The text is no YAML mapping; ``line`` is where, from 1."""

    def __init__(self, message: str, line: int) -> None:
        """``message`` says what was found."""
        super().__init__(message)
        self.line = line


def compose_mapping(text: str) -> yaml.MappingNode:
    """The text's root mapping as nodes; raises BadYamlError."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadYamlError(error.problem or "it is not YAML", line) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise BadYamlError("it is not YAML that can be read", 1) from error
    if root is None:
        return yaml.MappingNode("tag:yaml.org,2002:map", [])
    if not isinstance(root, yaml.MappingNode):
        raise BadYamlError("it is not a mapping of names to values", root.start_mark.line + 1)
    return root


def pairs_of(node: yaml.MappingNode) -> list[tuple[str, yaml.Node, int]]:
    """The mapping's keys as written, their value nodes and lines; keys that are not plain words are left out."""
    return [
        (key.value, value, key.start_mark.line + 1) for key, value in node.value if isinstance(key, yaml.ScalarNode)
    ]


def fields_of(node: yaml.MappingNode) -> Fields:
    """The mapping's plain values; of a key given twice the last one counts."""
    return {key: (_scalar(value), line) for key, value, line in pairs_of(node)}


def _scalar(node: yaml.Node) -> str | None:
    """A plain value's text as written."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) and node.tag != _NULL else None
