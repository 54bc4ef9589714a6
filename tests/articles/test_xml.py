import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from articles.xml import document, element, parent, quoted


class TestElement:
    def test_escapes_text_and_attributes(self) -> None:
        assert (
            element("a", "1 < 2 & ]]>", b='"&<>') == '<a b="&quot;&amp;&lt;&gt;">1 &lt; 2 &amp; ]]&gt;</a>\n'
        )

    def test_writes_namespaces_and_leaves_out_what_is_not_there(self) -> None:
        assert element("media:content", xml__lang="en", width=None) == '<media:content xml:lang="en"/>\n'

    @pytest.mark.parametrize("character", ["\0", "\x08", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
    def test_drops_what_xml_cannot_say(self, character: str) -> None:
        assert document(element("a", f"x{character}y", b=character)).endswith(b'\n<a b="">xy</a>\n')

    @given(
        st.text(alphabet=st.characters(exclude_categories=())),
        st.text(alphabet=st.characters(exclude_categories=())),
    )
    def test_is_xml_whatever_it_holds(self, content: str, value: str) -> None:
        tree = etree.fromstring(document(parent("root", [element("a", content, b=value)])))
        assert tree[0].tag == "a"

    @given(st.text(alphabet=st.characters(exclude_categories=())))
    def test_is_xml_whatever_it_quotes(self, content: str) -> None:
        tree = etree.fromstring(document(parent("root", [quoted("a", content)])))
        assert tree[0].tag == "a"

    @pytest.mark.parametrize("content", ["<p>1 &amp; 2</p>", "a]]>b", "]]>", "]]]>>", ""])
    def test_quotes_what_it_is_given(self, content: str) -> None:
        assert (etree.fromstring(document(quoted("a", content))).text or "") == content
