from articles.bylines import Part, byline_names, byline_parts, byline_text

ADA = {"name": "Ada Quill", "job_title": "Managing Editor", "slug": "ada-quill"}
BEN = {"name": "Ben Nib", "job_title": "", "slug": "ben-nib"}
CY = {"name": "Cy Ink", "job_title": "Reporter", "slug": "cy-ink"}


def people(*persons: dict[str, str]) -> dict[str, object]:
    return {"people": list(persons), "label": ""}


class TestBylineText:
    def test_one_person_has_a_job_title(self) -> None:
        assert byline_text(people(ADA)) == "Ada Quill, Managing Editor"

    def test_two_people_are_joined_by_and(self) -> None:
        assert byline_text(people(ADA, BEN)) == "Ada Quill, Managing Editor and Ben Nib"

    def test_semicolons_keep_titles_with_their_people(self) -> None:
        assert byline_text(people(ADA, BEN, CY)) == "Ada Quill, Managing Editor; Ben Nib and Cy Ink, Reporter"

    def test_names_alone_need_only_commas(self) -> None:
        names = [{**person, "job_title": ""} for person in (ADA, BEN, CY)]
        assert byline_text(people(*names)) == "Ada Quill, Ben Nib and Cy Ink"

    def test_a_label_stands_by_itself(self) -> None:
        assert byline_text({"people": [], "label": "Industry Voice"}) == "Industry Voice"

    def test_there_may_be_none(self) -> None:
        assert byline_text({"people": [], "label": ""}) == byline_text({}) == ""


class TestBylineParts:
    def test_people_carry_the_slug_of_their_page(self) -> None:
        assert byline_parts(people(ADA)) == [Part("Ada Quill", "ada-quill"), Part(", Managing Editor")]


class TestBylineNames:
    def test_are_the_people_else_the_label(self) -> None:
        assert byline_names(people(ADA, BEN)) == ["Ada Quill", "Ben Nib"]
        assert byline_names({"people": [], "label": "Industry Voice"}) == ["Industry Voice"]
        assert byline_names({"people": [], "label": ""}) == []
