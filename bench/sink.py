"""A mail server that takes all letters and keeps none: so light that what is measured is the one who sends. Run: python -m bench.sink PORT"""

import socketserver
import sys


class Taking(socketserver.StreamRequestHandler):
    """One line: greets, says yes to everything, reads letters to their end."""

    def handle(self) -> None:
        """Answer until the other side goes."""
        self._say("220 sink")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"EHLO":
                self._say("250-sink\r\n250 8BITMIME")
            elif verb == b"DATA":
                self._say("354 go on")
                for content in self.rfile:
                    if content == b".\r\n":
                        break
                self._say("250 taken")
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 OK")

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """Many lines at once."""

    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    with Server(("127.0.0.1", int(sys.argv[1])), Taking) as server:
        print("listening", flush=True)
        server.serve_forever()
