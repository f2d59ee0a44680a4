"""Reads a page of HTML, draws it N times with WeasyPrint, prints the CPU seconds; runs in .venv-bench."""

import sys
import time


def main() -> int:
    """The seconds on stdout, or on stderr what is missing."""
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        print(f"WeasyPrint can't start: {error}", file=sys.stderr)
        print("It needs Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", file=sys.stderr)
        return 1
    page, times = sys.stdin.read(), int(sys.argv[1])
    weasyprint.HTML(string=page).write_pdf(font_config=FontConfiguration())
    begun = time.process_time()
    for _ in range(times):
        weasyprint.HTML(string=page).write_pdf(font_config=FontConfiguration())
    print(time.process_time() - begun)
    return 0


if __name__ == "__main__":
    sys.exit(main())
