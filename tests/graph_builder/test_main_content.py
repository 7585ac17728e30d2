"""Parts of HTML pages that nothing but their place and their words tells from the text."""

from __future__ import annotations

import pytest

from nutrigraph.graph_builder.document import BlockKind
from nutrigraph.graph_builder.html_page import read_html

TEXT = "Glucagon is a hormone. It raises blood glucose where that has fallen too low, and the liver answers to it. " * 2
CARD = "<div><a href=/offer>{}</a></div>"


def said(body: str, title: str = "Glucagon") -> list[str]:
    page = read_html("pages/x.html", f"<h1>{title}</h1><div><p>{TEXT}</p>{body}</div>", "glossary")
    return [block.text.visible for block in page.blocks[2:] if block.kind is not BlockKind.FURNITURE]


def test_a_text_that_begins_with_a_byline() -> None:
    paragraphs = f"<p>{TEXT}</p><h2>Effects</h2><p>It acts on the liver and on fat.</p>"
    page = read_html(
        "pages/x.html", f"<h1>Glucagon</h1><div><p>Reviewed by Jo Roe, MD</p>{paragraphs}</div>", "glossary"
    )
    assert page.metadata.reviewer is not None
    assert [b.text.visible for b in page.blocks if b.kind is BlockKind.PARAGRAPH][-1].startswith("It acts")
    short = "<div><p>Reviewed by Jo Roe, MD</p><p>Glucagon acts on the liver and on fat.</p></div>"
    assert said(short) == ["Glucagon acts on the liver and on fat."]
    assert said("<div><p>Reviewed by Jo Roe, MD</p><p>Jo Roe is on the board of a clinic in Leeds.</p></div>") == []


def test_sentences_that_are_one_link_offer_something() -> None:
    words = "Ready to cook? Build your first plan in two minutes."
    assert said(CARD.format(words)) == []
    assert said(CARD.format("Glucagon receptor")) == ["Glucagon receptor"]
    assert said(f"<p>{words}</p>") == [words]
    assert said(f"<p>See also</p>{CARD.format(words)}")[-1] == words[:-1]
    assert said(CARD.format(words), title="Glossary of hormones") == [words]


def test_the_title_of_what_was_left_out_goes_with_it() -> None:
    contents = "<div><p>In brief</p><ul><li><a href=#a>Effects of it</a></li><li><a href=#b>Uses</a></li></ul></div>"
    assert said(contents) == []
    cards = "<div><p><a href=/c class=btn>Calcium</a></p></div>"
    assert said(f"<h2>Other reading</h2>{cards}<h2>Effects</h2><p>It acts.</p>") == ["Effects", "It acts."]
    assert said(f"<h2>Effects</h2>{cards}<h3>Liver</h3><p>It acts.</p>") == ["Effects", "Liver", "It acts."]
    assert said(f"<p>It acts.</p>{cards}") == ["It acts."]


@pytest.mark.parametrize(
    ("last", "is_kept"),
    [
        ("<div>Larkfield Foods Ltd, 12 Mill Row, Leeds</div>", False),
        ("<div>It acts on the liver.</div>", True),
        ("<ul><li>Acts on the liver</li></ul>", True),
        ("<h2>Effects</h2><div>Acts on the liver</div>", True),
        ("<div>肝臓に作用する。</div>", True),
    ],
)
def test_small_print_below_furniture(last: str, is_kept: bool) -> None:
    share = "<nav><a href=/a>A</a></nav>"
    assert bool(said(share + last)) == is_kept
    assert bool(said(last))


def test_fragments_of_a_site_in_its_own_system() -> None:
    fragment = "<div class='cmp-experiencefragment cmp-experiencefragment--{}'><p>We employ everybody.</p></div>"
    assert said(fragment.format("footer")) == []
    assert said(fragment.format("note")) == ["We employ everybody."]


def test_files_to_download_and_ways_back() -> None:
    assert said("<div class=article-attachments><a href=/a.pdf>table.pdf</a><p>200 KB of data</p></div>") == []
    assert said("<div><a href=/learn>Back to Learn</a></div>") == []
    assert said("<h2>Back to work after surgery</h2><p>It acts.</p>") == ["Back to work after surgery", "It acts."]


def test_things_to_buy_have_a_price() -> None:
    thing = "<div><a href=/p><img></a><div>Acacia fibre 500 g</div><div>€ 17,90</div></div>"
    assert said(f"<div>{thing}{thing}</div><p>It acts on the liver.</p>") == ["It acts on the liver."]
    told = "<div><p>A kit that measures it costs less than a meal.</p><div>$12.50</div></div>"
    assert said(told)[0].startswith("A kit")
    assert said("<table><tr><th>Test<th>Price<tr><td>Blood<td>$12.50</table>")[2] == "Blood"


def test_what_customers_say() -> None:
    praise = "<div><p>“{} a new woman.”</p><p>Renee, Dublin</p></div>"
    assert said(praise.format("I am") + praise.format("She is")) == []
    assert len(said(praise.format("She is") * 2)) == 4
    assert len(said(praise.format("I am"))) == 2


def test_links_to_share_a_page_with() -> None:
    links = "<p><a href=/f>{}</a> · <a href=/e>{}</a></p>"
    box = f"<div><p>Do you like what you read?</p>{links}</div>"
    assert said(box.format("Facebook", "E-mail")) == []
    assert said(box.format("Leptin", "Ghrelin"))[0] == "Do you like what you read?"


def test_several_first_headings_head_sections() -> None:
    sections = f"<h1>Effects</h1><p>{TEXT}</p><h1>Uses</h1><p>It is given by injection.</p>"
    source = f"<title>{{}}</title><p>Glucagon</p><p>{TEXT}</p>{sections}"
    page = read_html("pages/x.html", source.format("Glucagon"), "glossary")
    assert page.title == "Glucagon"
    assert [block.text.visible for block in page.blocks][:2] == ["Glucagon", TEXT.strip()]
    assert read_html("pages/x.html", source.format("Effects"), "glossary").title == "Effects"


def test_parts_that_only_a_site_builder_names() -> None:
    assert said("<div class=framer-x data-framer-name=Testimonials><p>An app that is kind to me.</p></div>") == []
    assert said("<div class=framer-x data-framer-name=Content><p>It acts.</p></div>") == ["It acts."]


def test_a_page_of_terms_keeps_its_entries() -> None:
    entry = "<div><h3><a href=/w/{0}>{0}</a></h3><p>A disease caused by a lack of one vitamin.</p></div>"
    page = "<h1>Vitamin words</h1><p>These are words that people use when they speak of vitamins.</p>"
    source = page + "".join(map(entry.format, ("Scurvy", "Rickets", "Pellagra")))
    assert "Rickets" in [block.text.visible for block in read_html("pages/x.html", source, "glossary").blocks]
    assert said("".join(map(entry.format, ("Scurvy", "Rickets")))) == []


def test_the_header_of_a_text() -> None:
    header = "<header><h1>Glucagon</h1><p>Why the liver gives sugar.</p>{}</header>"
    content = f"<div class=prose><p>{TEXT}</p><p>It is given by injection where sugar is too low.</p></div>"
    page = read_html("pages/x.html", header.format("") + content, "glossary")
    assert page.blocks[1].text.visible == "Why the liver gives sugar."
    menu = "".join(f"<a href=/{n}>Words that begin with {n}</a> " for n in "abc")
    page = read_html("pages/x.html", header.format(menu) + content, "glossary")
    assert page.blocks[1].text.visible == TEXT.strip()


def test_embedded_pages() -> None:
    for name in ("figure", "blockquote"):
        assert said(f"<{name}><div><a href=/leptin>Leptin and fat</a></div></{name}>") == []
    assert said("<blockquote>As with <a href=/leptin>leptin</a></blockquote>") == ["As with leptin"]
    assert said("<figure><img><figcaption>An islet</figcaption></figure>") == ["An islet"]


def test_a_box_set_as_one_line() -> None:
    box = "<div><span>Poster: the hormones</span><span>All on one sheet.</span><a href=/p>{}</a></div>"
    assert said(box.format("Order yours")) == []
    assert said(box.format("Leptin")) == ["Poster: the hormonesAll on one sheet.Leptin"]
    assert said("<p>To give it is to <a href=/p>order time</a></p>") == ["To give it is to order time"]


def test_a_title_with_the_name_of_the_first_page() -> None:
    page = "<ol><li><a href=index.html>{}</a></li></ol><h1>Clinical Nutrition : Glucagon</h1><p>" + TEXT
    assert read_html("pages/x.html", page.format("Clinical Nutrition"), "glossary").title == "Glucagon"
    assert read_html("pages/x.html", page.format("Home"), "glossary").title == "Clinical Nutrition : Glucagon"


def test_on_to_the_next_page() -> None:
    assert said("<div><a href=/kefir><span>Next entry</span><span>Leptin</span></a></div>") == []
    assert said("<h2><a href=/kefir>Next steps in diagnosis</a></h2><p>It acts.</p>") == [
        "Next steps in diagnosis",
        "It acts.",
    ]


def test_a_title_that_says_more_than_the_window() -> None:
    page = "<title>{} - Larkfield</title><h1>Overview - Glucagon</h1><p>" + TEXT
    assert read_html("pages/x.html", page.format("Glucagon"), "glossary").title == "Glucagon"
    assert read_html("pages/x.html", page.format("Overview - Glucagon"), "glossary").title == "Overview - Glucagon"


def test_the_topic_above_the_title() -> None:
    title = "<div><div>Hormones of the pancreas</div><h1>Glucagon</h1>"
    page = read_html("pages/x.html", f"{title}<p>{TEXT}</p></div>", "glossary")
    assert page.blocks[0].text.visible == "Glucagon"
    heading = title.replace("<div>Hormones", "<h2>Hormones").replace("pancreas</div>", "pancreas</h2>")
    page = read_html("pages/x.html", f"{heading}<p>{TEXT}</p></div>", "glossary")
    assert page.blocks[0].text.visible == "Hormones of the pancreas"


def test_what_stands_between_the_title_and_the_text() -> None:
    between = "<h2>A hormone of hunger</h2><figure><figcaption>An islet (L. Park)</figcaption></figure><div>Aa bb</div>"
    page = read_html("pages/x.html", f"<h1>Glucagon</h1>{between}<article><p>{TEXT * 3}</p></article>", "glossary")
    assert [block.text.visible for block in page.blocks[1:3]] == ["A hormone of hunger", "An islet (L. Park)"]
    assert "Aa bb" not in [block.text.visible for block in page.blocks]


def test_links_that_are_paid_for() -> None:
    box = "<div><div>Our editors like</div><div>Plain powder</div><div><a href=/i rel={}>At IronRoot</a></div></div>"
    assert said(box.format("sponsored")) == []
    assert said(box.format("external"))[0] == "Our editors like"


def test_icons_are_no_words() -> None:
    assert said("<p><mat-icon>verified</mat-icon>It acts.</p><p><i class=material-icons>home</i>It acts.</p>") == [
        "It acts.",
        "It acts.",
    ]


def test_a_titled_box_with_a_button() -> None:
    box = "<div><div>Do it with a friend</div><p>Six calls and one plan.</p><a class=btn href=/c>{}</a></div>"
    assert said(box.format("How it works")) == []
    assert said(box.format("Learn more")) == ["Do it with a friend", "Six calls and one plan."]
    text = "<div><p>It acts on the liver and on fat cells.</p><a class=btn href=/c>How it works</a></div>"
    assert said(text) == ["It acts on the liver and on fat cells."]


@pytest.mark.parametrize(
    "head", ["<title>Glucagon | Larkfield</title>", "<meta property=og:site_name content=Larkfield>"]
)
def test_what_a_site_says_of_itself(head: str) -> None:
    page = f"{head}<h1>Glucagon</h1><p>{TEXT}</p><p>At Larkfield, we test it twice.</p><p>At rest, we burn fat.</p>"
    blocks = read_html("pages/x.html", page, "glossary").blocks
    assert [block.text.visible for block in blocks[2:]] == ["At rest, we burn fat."]


def test_a_second_title_in_a_paragraph() -> None:
    page = f"<h1>Glucagon</h1><p>{{}}</p><article><p>{TEXT * 3}</p></article>"
    blocks = read_html("pages/x.html", page.format("What it does and what not"), "glossary").blocks
    assert blocks[1].text.visible == "What it does and what not"
    for words in ("Share this page with a friend", "Hormones A-Z"):
        assert (
            read_html("pages/x.html", page.format(words), "glossary").blocks[1].text.visible.startswith("Glucagon is")
        )


def test_cards_in_the_midst_of_a_section_are_text() -> None:
    card = "<li><h3><a href=/{0}>{0}</a></h3><p>Two a day prevent the disease.</p></li>"
    cards = f"<ul>{card.format('Lemons')}{card.format('Limes')}</ul>"
    assert "Limes" in said(f"<section><h2>Treatment</h2>{cards}<p>Fatigue goes away within a day.</p></section>")
    assert "Limes" not in said(f"<section><h2>Treatment</h2>{cards}</section><p>Fatigue goes away within a day.</p>")


def test_the_first_name_of_a_reviewer_is_a_month_too() -> None:
    byline = "<div><p>Reviewed by Dr. May Winters</p><p>{}</p></div>"
    text = "Sailors fell ill in spring. May and June were the worst months."
    assert said(byline.format(text)) == [text]
    for about in ("May Winters heads a clinic in Leeds and runs.", "For years, Winters has led a clinic in Leeds."):
        assert said(byline.format(about)) == []


@pytest.mark.parametrize(
    ("box", "is_kept"),
    [
        ("<div><b>Iodine in {0} minutes</b><p><a href=/{0}>Continue</a></p></div>", False),
        ("<div><b>Iodine in {0} minutes</b><p><a href=/same>Continue</a></p></div>", True),
        ("<div><b>Iodine in {0} minutes</b><p><a href=/{0}>Continue {0}</a></p></div>", True),
        ("<div><p>Iodine takes some {0} minutes to act.</p><p><a href=/{0}>Continue</a></p></div>", True),
    ],
)
def test_titles_that_end_with_the_same_link_are_those_of_other_pages(box: str, is_kept: bool) -> None:
    found = said(f"<div>{box.format(5)}{box.format(7)}</div><p>It acts on the liver.</p>")
    assert any("Iodine" in words for words in found) == is_kept
    assert found[-1] == "It acts on the liver."
