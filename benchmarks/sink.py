"""The mail servers of the benchmarks, in a process of their own: prints its ports, runs until its input ends."""

import json
import sys

from bot.edges.embedded import EmbeddedMail


def main() -> None:
    """Reads ``{"users": …, "authserv_id": …}`` from the first line of its input."""
    asked = json.loads(sys.stdin.readline())
    with EmbeddedMail(asked["users"], authserv_id=asked["authserv_id"]) as mail:
        print(json.dumps({"smtp": mail.smtp_port, "imap": mail.imap_port, "ca": str(mail.ca_file)}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
