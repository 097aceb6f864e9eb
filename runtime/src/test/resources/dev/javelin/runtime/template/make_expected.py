"""Renders snippets.txt and styles.txt with Jinja2 as Hugging Face sets it up; writes expected.json and styles.json.

    python3 make_expected.py

Needs jinja2 (made with 3.1.6). The snippets are separated by lines of four dashes.
"""

import datetime
import json
import pathlib

import jinja2
import jinja2.ext
import jinja2.nodes
import jinja2.sandbox


class Generation(jinja2.ext.Extension):
    """The generation tag only marks the model's own text: its body is rendered as it is."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    def _body(self, caller):
        return caller()


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def render(snippet, variables):
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )
    now = datetime.datetime(2025, 2, 3, 14, 5, 6)
    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    environment.globals["strftime_now"] = now.strftime
    return environment.from_string(snippet).render(**variables)


def make(source, target):
    here = pathlib.Path(__file__).parent
    variables = json.loads((here / "variables.json").read_text(encoding="utf-8"))
    snippets = (here / source).read_text(encoding="utf-8").split("\n----\n")
    results = []
    for snippet in snippets:
        result = {"template": snippet}
        try:
            result["expected"] = render(snippet, variables)
        except Exception as error:  # any failure is an answer here
            result["error"] = f"{type(error).__name__}: {error}"
        results.append(result)
    text = json.dumps(results, ensure_ascii=True, indent=1)
    (here / target).write_text(text + "\n", encoding="utf-8")
    errors = sum("error" in result for result in results)
    print(f"{source}: {len(results)} snippets, {errors} of them errors")


if __name__ == "__main__":
    make("snippets.txt", "expected.json")
    make("styles.txt", "styles.json")
