from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from nutrigraph.errors import SourceError
from nutrigraph.graph_builder.document import Block, BlockKind, Document, Reviewer
from nutrigraph.graph_builder.markdown import read_markdown


def read(source: str) -> Document:
    return read_markdown("pages/beta-glucan.md", source, "glossary")


def blocks(document: Document, kind: BlockKind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]


def words(document: Document, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [block.text.visible for block in blocks(document, kind)]


def in_source(document: Document, block: Block, seen: str) -> str:
    start = block.text.visible.index(seen)
    return document.source[slice(*block.text.source_span(start, start + len(seen)))]


@pytest.mark.parametrize(
    ("written", "seen", "places"),
    [
        ("Oats *contain* **fibre**.", "Oats contain fibre.", {"contain": "contain", "Oats contain": "Oats *contain"}),
        ("Salt &amp; pepper", "Salt & pepper", {"&": "&amp;", "pepper": "pepper"}),
        ("5 \\* 3 \\q", "5 * 3 \\q", {"*": "*", "\\q": "\\q"}),
        ("two\n  lines", "two lines", {" ": "\n  ", "lines": "lines"}),
        ("two  \nlines\\\nthree", "two lines three", {"lines": "lines", "three": "three"}),
        ("a<br>b <b>c</b> <!-- d -->e", "a b c e", {"b": "b", "c": "c", "e": "e"}),
        ("see `the code`, ok", "see the code, ok", {"the code": "the code", "ok": "ok"}),
        ("see `` a`b `` ok", "see a`b ok", {"a`b": "a`b", "ok": "ok"}),
        ("` `` ` and `  a `.", "`` and a.", {"``": "``", "a.": "a `."}),
        ("![oats](o.png) are ~~bad~~ good_ish_", "are bad good_ish_", {"are": "are", "good_ish_": "good_ish_"}),
        ("**un*closed and `half", "**un*closed and `half", {"closed": "closed", "`half": "`half"}),
        ("&#x41;&nbsp;&unknown; &", "A &unknown; &", {"A": "&#x41;", "&unknown;": "&unknown;"}),
    ],
)
def test_visible_words_stand_at_their_places(written: str, seen: str, places: dict[str, str]) -> None:
    for prefix in ("", "> ", "- ", "1. > "):
        indent = re.sub(r"[^>]", " ", prefix)
        document = read(f"Before.\n\n{prefix}" + written.replace("\n", f"\n{indent}"))
        block = document.blocks[-1]
        assert block.text.visible == seen
        for part, source in places.items():
            assert in_source(document, block, part).replace(f"\n{indent}", "\n") == source


def test_links_of_every_form() -> None:
    document = read(
        "The [*beta* cells](cell.md 'x') of [the pancreas][p], [gut], <https://x.org/a>, [[Liver]], [[fat cell|fat]], "
        '<a href="b.html">muscle</a> and [bad](javascript:x).\n\n[p]: pancreas.md#top\n[gut]: <the gut.md>\n'
    )
    (block,) = document.blocks
    assert [(block.text.visible[link.start : link.end], link.target) for link in block.links] == [
        ("beta cells", "cell.md"),
        ("the pancreas", "pancreas.md#top"),
        ("gut", "the gut.md"),
        ("https://x.org/a", "https://x.org/a"),
        ("Liver", "[[Liver]]"),
        ("fat", "[[fat cell]]"),
        ("muscle", "b.html"),
    ]
    assert in_source(document, block, "beta cells") == "beta* cells"
    assert "[bad](javascript:x)" in block.text.visible


def test_code_and_addresses_are_protected() -> None:
    (block,) = read("Use `insulin` at https://x.org/insulin or <code>b</code>, roe@insulin.org too.").blocks
    protected = [block.text.visible[start:end] for start, end in block.protected]
    assert protected == ["insulin", "https://x.org/insulin", "b", "roe@insulin.org"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blocks_sections_and_levels(end: str) -> None:
    source = (
        "# Beta-glucan {#top}\n\nIntro.\n\n## What is it? ##\n\n> A quote\nthat goes on.\n\nIt is in:\n\n"
        "- oats\n\n  and more\n- barley:\n    1. *whole*\n\nUses\n----\n\n"
        "```py\nx = 1\n```\n\n    indented\n\n<div>no</div>\n\n"
        "| Food | g \\| mg |\n|--|--|\n| oats | 4 |\nbarley | \\|5 |\n"
    ).replace("\n", end)
    document = read(source)
    assert document.title == "Beta-glucan"
    assert [(block.kind.name, block.text.visible, block.level, block.section) for block in document.blocks] == [
        ("HEADING", "Beta-glucan", 1, "Beta-glucan"),
        ("PARAGRAPH", "Intro.", 0, "Beta-glucan"),
        ("HEADING", "What is it?", 2, "What is it?"),
        ("QUOTE", "A quote that goes on.", 0, "What is it?"),
        ("PARAGRAPH", "It is in:", 0, "What is it?"),
        ("LIST_ITEM", "oats", 1, "What is it?"),
        ("LIST_ITEM", "and more", 1, "What is it?"),
        ("LIST_ITEM", "barley:", 1, "What is it?"),
        ("LIST_ITEM", "whole", 2, "What is it?"),
        ("HEADING", "Uses", 2, "Uses"),
        ("CODE", "x = 1", 0, "Uses"),
        ("CODE", "indented", 0, "Uses"),
        ("CELL", "Food", 0, "Uses"),
        ("CELL", "g | mg", 0, "Uses"),
        ("CELL", "oats", 0, "Uses"),
        ("CELL", "4", 0, "Uses"),
        ("CELL", "barley", 0, "Uses"),
        ("CELL", "|5", 0, "Uses"),
    ]
    leads = [
        document.blocks[item.lead_in].text.visible if item.lead_in is not None else None for item in document.blocks
    ]
    assert leads[5:9] == ["It is in:", "It is in:", "It is in:", "barley:"]
    for block in document.blocks:
        first, last = block.text.visible[0], block.text.visible[-1]
        start, stop = block.text.source_span(0, len(block.text.visible))
        assert (source[start], source[stop - 1]) == (first, last)


def test_furniture_reviewer_and_related_terms_by_their_headings() -> None:
    document = read(
        "# Beta-glucan\n\n**Medically reviewed by:** Jane Roe, RD on May 3, 2024\n\nIt is a fibre.\n\n"
        "## Related terms\n\n- [Gut](gut.md): where it acts\n- Starch\n\n## About the author\n\n### John Poe\n\n"
        "He likes insulin.\n\n## Uses\n\nIt is used in bread.\n\n## Search our shop\n\n"
        "## References\n\n1. Roe: Insulin and oats.\n"
    )
    assert words(document) == ["It is a fibre.", "It is used in bread."]
    assert words(document, BlockKind.LIST_ITEM) == []
    assert document.related_terms == ("Gut", "Starch")
    assert words(document, BlockKind.RELATED) == ["Gut: where it acts", "Starch"]
    assert document.metadata.reviewer == Reviewer("Jane Roe", ("RD",))
    assert document.metadata.reviewed == "2024-05-03"
    assert document.metadata.author == "John Poe"


def test_front_matter_goes_before_the_text_and_shifts_no_place() -> None:
    document = read(
        "---\ntitle: Oat fibre\nrelated: [Gut]\n---\n# Beta-glucan\n\nIt is a *fibre*.\n\nRelated terms\n---\n- Gut\n"
    )
    assert document.title == "Oat fibre"
    assert document.related_terms == ("Gut",)
    assert in_source(document, document.blocks[1], "fibre.") == "fibre*."


def test_without_a_heading_the_title_is_the_files_name() -> None:
    assert read("## Part\n\nText.").title == "beta glucan"


def seen_by_markdown_it(tokens: list[Token]) -> str:
    result = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            result.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or re.match(r"<br\b", token.content, re.IGNORECASE):
            result.append(" ")
    hidden = re.sub("[\u00ad\u200b\u2060\ufeff]", "", "".join(result))
    return " ".join(hidden.split())


PIECES = st.sampled_from(
    [
        *("# ", "## x ##", "> ", "- ", "  - ", "1. ", "\t", "    ", "===\n", "---\n", "```\n", "{#a}", "{{< x >}}"),
        *("| a | b |\n", "|--|--|\n", "\\|", "|", "a", "b c", "*", "**", "_", "~~", "`", "``", "\\", "\\*", "$5"),
        *("[", "]", "(x.md)", "![", "[r]", "\n[r]: r.md\n", "[[a]]", "[[a|b]]", "<https://x.org>"),
        *("<b>", "<br>", "<!--", "-->", "</a>", "<a href=x>", "&amp;", "&#0;", "&NotEqualTilde;"),
        *("  \n", "\n", "\n\n", "\r\n", "\r", "\u00a0", "\u00ad", "😀", "\x0b", "\x1c", "\u2028"),
        *("Related terms\n", "See also: a, b", "Reviewed by: A B"),
    ]
)


EXTRAS = st.sampled_from(
    [
        *("%%", " %%x%% ", "==", "[^1]", "[^1]: ", "![[a]]", " ^b1\n\n", "[ ] ", "> [!note]- ", "#tag\n\n", "{: .l}"),
        *("{{< a >}}", "[b]({{c}})", "{% d %}", ":::e\n", "\n: f\n", '!!! g "h"\n    i\n', "import j from 'k'\n"),
    ]
)
"""What apps for notes and generators of sites put in."""


@settings(max_examples=300)
@given(st.lists(PIECES | EXTRAS, max_size=25).map("".join) | st.text(max_size=60))
def test_every_visible_character_has_its_place(source: str) -> None:
    try:
        document = read(source)
    except SourceError:
        return
    for block in document.blocks:
        visible = block.text.visible
        before = 0
        for index, character in enumerate(visible):
            start, end = block.text.source_span(index, index + 1)
            if start < before:  # an entity that stands for two characters
                assert (start, end) == block.text.source_span(index - 1, index)
            assert 0 <= start < end <= len(source)
            span = source[start:end]
            assert span == character or character == " " or re.fullmatch(r"&[#\w]+;", span)
            before = end
        for start, end in (*((link.start, link.end) for link in block.links), *block.protected):
            assert 0 <= start < end <= len(visible)


@settings(max_examples=300)
@given(
    # wikilinks and shortcodes are not of CommonMark, and a list of related terms is names, not text
    st.lists(PIECES.filter(lambda piece: not piece.startswith(("[[", "{", "Related", "See also"))), max_size=25).map(
        "".join
    )
)
@example("# Reviewed by: A B\n\t# ")
def test_what_is_seen_is_what_markdown_it_shows(source: str) -> None:
    source = "Text.\n\n" + source
    tokens = MarkdownIt("commonmark", {"maxNesting": 50}).enable(["table", "strikethrough"]).parse(source)
    expected = [seen_by_markdown_it(token.children or []) for token in tokens if token.type == "inline"]
    found = [block for block in read(source).blocks if block.kind is not BlockKind.CODE]
    assert [block.text.visible for block in found] == [text for text in expected if text]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("Insulin %%not true: it causes nothing%% is a hormone.", ["Insulin is a hormone."]),
        ("%% one\n\nInsulin causes nothing. %%\n\nIt is made by cells.", ["It is made by cells."]),
        ("About 5%% of 20%% is 1%.", ["About 5%% of 20%% is 1%."]),
        ("%% no end\n\nIt is made.", ["%% no end", "It is made."]),
        ("A hormone[^1] of fat.\n\n[^1]: Peptide by its make.", ["A hormone of fat.", "Peptide by its make."]),
        ("It lowers ==blood *glucose*== and a == b.", ["It lowers blood glucose and a == b."]),
        ("It is made by cells. ^def-1", ["It is made by cells."]),
        ("10 ^3 and x^2 are numbers", ["10 ^3 and x^2 are numbers"]),
        ("Before ![[chart.png]] after ![[Glucose#Uses]].", ["Before after ."]),
        ("[x] done, [ ] not, [x] is a mark", ["done, [ ] not, [x] is a mark"]),
        ("[x] it is.\n\n[x]: cell.md", ["x it is."]),
        ("#endocrine #diabetes/type1\n\nNumber #1 is insulin.", ["Number #1 is insulin."]),
    ],
)  # fmt: skip
def test_marks_of_apps_for_notes_are_not_text(source: str, seen: list[str]) -> None:
    document = read(source)
    assert words(document) == seen
    for block in document.blocks:
        last = block.text.visible.split()[-1]
        assert in_source(document, block, last) == last


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("import Tabs from '@theme/Tabs';\nexport const a = 1;\n\nText.", ["Text."]),
        ("Cells import glucose from the blood.", ["Cells import glucose from the blood."]),
        ("[TOC]\n\n[[_TOC_]]\n\nText.", ["Text."]),
        (":::tip Good\nInsulin helps.\n:::\n\n::: {.note}\nIt is old.\n:::", ["Insulin helps.", "It is old."]),
        ('!!! note "Remember"\n    Insulin helps.\n\nAfter.', ["Insulin helps.", "After."]),
        ("A {{ site.name }} text {% if x %}here{% endif %}.\n{: .lead}", ["A text here."]),
        ('{{< figure src="a.png" >}}\n\n{{% notice %}}\nInsulin is old.\n{{% /notice %}}', ["Insulin is old."]),
        ("A ratio 2:1 {not a tag} is\n::text", ["A ratio 2:1 {not a tag} is ::text"]),
    ],
)
def test_what_generators_of_sites_put_in_is_not_text(source: str, seen: list[str]) -> None:
    document = read(source)
    assert words(document) == seen
    for block in document.blocks:
        first = block.text.visible.split()[0]
        assert in_source(document, block, first) == first


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ('[the *sugar*]({{< ref "glucose.md" >}})', "[[glucose.md]]"),
        ('[the sugar]({{% relref "/terms/glucose.md#uses" %}})', "[[terms/glucose.md#uses]]"),
        ("[the sugar]({% link _terms/glucose.md %})", "[[_terms/glucose.md]]"),
        ("[the sugar]({{ site.baseurl }}/terms/glucose/)", "/terms/glucose/"),
        ("[the sugar]({{ '/terms/glucose/' | relative_url }})", "[[terms/glucose]]"),
    ],
)
def test_hyperlinks_of_templates(link: str, target: str) -> None:
    (block,) = read(f"Burn {link} first.").blocks
    assert block.text.visible == "Burn the sugar first."
    assert [(block.text.visible[one.start : one.end], one.target) for one in block.links] == [("the sugar", target)]


def test_a_definition_list_has_its_terms_as_headings() -> None:
    document = read(
        "## Terms\n\nInsulin\n: A hormone of *beta cells*.\n\n    It is a protein.\n\nLeptin\n: One of fat.\n"
    )
    found = [(block.kind, block.level, block.text.visible, block.section) for block in document.blocks]
    assert found == [
        (BlockKind.HEADING, 2, "Terms", "Terms"),
        (BlockKind.HEADING, 3, "Insulin", "Insulin"),
        (BlockKind.PARAGRAPH, 0, "A hormone of beta cells.", "Insulin"),
        (BlockKind.PARAGRAPH, 0, "It is a protein.", "Insulin"),
        (BlockKind.HEADING, 3, "Leptin", "Leptin"),
        (BlockKind.PARAGRAPH, 0, "One of fat.", "Leptin"),
    ]
    assert in_source(document, document.blocks[4], "Leptin") == "Leptin"


def test_what_follows_definitions_stands_under_the_heading_around() -> None:
    nested = "Insulin\n: One of beta cells.\n\n    Leptin\n    : One of fat.\n\n    It lowers sugar.\n\n"
    document = read(f"{nested}Some come late.\n\n# Hormones\n\nThey act.\n\n{nested}They act slowly.\n\n## More\n")
    assert [block.section for block in document.blocks if block.kind is BlockKind.PARAGRAPH] == [
        *("Insulin", "Leptin", "Insulin", None),
        *("Hormones", "Insulin", "Leptin", "Insulin", "Hormones"),
    ]


def test_a_callout_is_a_quotation_without_its_mark() -> None:
    document = read("> [!warning]- Take care\n> Too much insulin is harmful.\n\n> [!x](a.md) is a link")
    assert words(document, BlockKind.QUOTE) == ["Take care Too much insulin is harmful.", "!x is a link"]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "attack",
    [
        "[" * 3000,
        "> " * 3000,
        "- " * 1500,
        "*a_" * 3000,
        "![" * 3000,
        "`" * 3000,
        "[[a" * 3000,
        "%%" * 3000,
        " %% a" * 3000,
        "==a" * 3000,
        "{{" * 3000,
        "[a]({{" * 3000,
        ":::a\n" * 3000,
        "a\n: " * 1000,
        "[^a" * 3000,
        "<a " * 3000,
        "a|" * 1000 + "\n" + "-|" * 1000,
    ],
)
def test_hostile_nesting_is_read(attack: str) -> None:
    read(attack)
