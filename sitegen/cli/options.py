"""Options that several commands share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sitegen.build import Options
    from sitegen.cli.session import Session

Decorated = Any


class WholeNumber(click.IntRange):
    """A whole number between bounds, which says so in words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            bounds = f"from {self.min}" + (f" to {self.max}" if self.max is not None else " up")
            self.fail(f"'{value}' is no whole number {bounds}", param, ctx)


def pass_session(command: Decorated) -> Decorated:
    """The run's session as first argument. The global flags may also stand behind the command's name."""
    for flags, change in (
        (("-q", "--quiet"), {"quiet": True}),
        (("-v", "--verbose"), {"verbose": True}),
        (("--no-color",), {"colour": False}),
    ):
        command = click.option(
            *flags, is_flag=True, hidden=True, expose_value=False, callback=_changes_session(change)
        )(command)
    return click.pass_obj(command)


def content_options(command: Decorated) -> Decorated:
    """`--base-url`, `--source` and `-D`: what is built."""
    for option in (
        click.option(
            "-D", "overrides", metavar="KEY=VALUE", multiple=True, help="Override a setting for this run."
        ),
        click.option(
            "--source",
            "sources",
            metavar="PATH",
            multiple=True,
            help="Add dumps for this run: a file, folder or glob.",
        ),
        click.option(
            "--base-url",
            metavar="URL",
            envvar="SITEGEN_BASE_URL",
            help="Where the site will be published (also SITEGEN_BASE_URL).",
        ),
    ):
        command = option(command)
    return command


def report_options(command: Decorated) -> Decorated:
    """`--format` and `--strict`: how problems are told, and which of them fail the run."""
    for option in (
        click.option("--strict", is_flag=True, help="Treat warnings as errors."),
        click.option(
            "--format",
            "form",
            type=click.Choice(["text", "json", "github"]),
            default="text",
            show_default=True,
            help="How problems are printed.",
        ),
    ):
        command = option(command)
    return command


def options(
    session: Session, base_url: str | None, sources: Sequence[str], overrides: Sequence[str], **more: Any
) -> Options:
    """The build's options, from what was typed. Sources become absolute."""
    from sitegen.build import Options

    settings = dict(_setting(text) for text in overrides)
    if base_url:
        settings["base_url"] = base_url
    return Options(overrides=settings, sources=tuple(str(session.path(source)) for source in sources), **more)


def _changes_session(change: Mapping[str, bool]) -> Callable[[click.Context, click.Parameter, bool], None]:
    def callback(ctx: click.Context, _: click.Parameter, given: bool) -> None:
        if given:
            ctx.obj = replace(ctx.obj, **change)

    return callback


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not (equals and key.strip()):
        raise click.BadParameter(f"'{text}' is not KEY=VALUE", param_hint="'-D'")
    return key.strip(), value
