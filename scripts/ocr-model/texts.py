"""Machine-readable zones of invented documents: right in grammar and check digits, or, one in eleven, random."""

import random

from words import ALPHABET, DIGITS, FAMILY_NAMES, GIVEN_NAMES, LETTERS, STATES, is_held_out

# Characters that are taken for one another; numbers made of them teach to look closely.
LOOK_ALIKES_OF_NUMBERS = "0DOI1B8QGCS5Z2"
LOOK_ALIKES = "0DOI1B8QGCS5Z2T7UVKX<"


def check_digit(text: str) -> str:
    """ICAO Doc 9303-3 section 4.9: weights 7, 3, 1, modulo 10."""
    total = 0
    for place, char in enumerate(text):
        value = 0 if char == "<" else ord(char) - 48 if char.isdigit() else ord(char) - 55
        total += value * (7, 3, 1)[place % 3]
    return str(total % 10)


class Writer:
    """Writes zones. `held_out` chooses the names that training never sees."""

    def __init__(self, rng: random.Random, held_out: bool):
        self.rng = rng
        self.family = [n for n in FAMILY_NAMES if is_held_out(n) == held_out]
        self.given = [n for n in GIVEN_NAMES if is_held_out(n) == held_out]

    def zone(self) -> tuple[str, list[str]]:
        """A format's name and its lines."""
        rng = self.rng
        kind = rng.random()
        issuer = self._state()
        nationality = issuer if rng.random() < 0.8 else self._state()
        number = self._number()
        birth = self._date()
        expiry = self._date(5, 45) if rng.random() < 0.8 else self._date()
        sex = rng.choice("MMMFFF<X")
        if rng.random() < 0.03:
            birth = birth[:2] + "<<<<"
        if kind < 0.09:
            return "random", self._random_lines()
        person = nationality + birth + check_digit(birth) + sex + expiry + check_digit(expiry)
        head = number + check_digit(number)
        if kind < 0.48:
            return "TD3", self._td3(issuer, head + person)
        if kind < 0.75:
            return "TD1", self._td1(issuer, head, birth, sex, expiry, nationality)
        if kind < 0.86:
            return "TD2", self._td2(issuer, head + person)
        width = 44 if kind < 0.94 else 36
        second = head + person + self._optional(width - 28)
        first = "V" + rng.choice("<<<ABCDNO") + issuer + self._name(width - 5)
        return ("MRV-A" if width == 44 else "MRV-B"), [first, second]

    def _td3(self, issuer: str, second: str) -> list[str]:
        rng = self.rng
        optional = self._optional(14)
        check = check_digit(optional) if optional.strip("<") or rng.random() < 0.5 else "<"
        second += optional + check
        second += check_digit(second[0:10] + second[13:20] + second[21:43])
        return ["P" + rng.choice("<<<<<<<PDSMOCAN") + issuer + self._name(39), second]

    def _td2(self, issuer: str, second: str) -> list[str]:
        second += self._optional(7)
        second += check_digit(second[0:10] + second[13:20] + second[21:35])
        return [self.rng.choice("IIAC") + self.rng.choice("<<DRP") + issuer + self._name(31), second]

    def _td1(
        self, issuer: str, head: str, birth: str, sex: str, expiry: str, nationality: str
    ) -> list[str]:
        rng = self.rng
        first = rng.choice("IIAC") + rng.choice("<<<DRPVN") + issuer + head + self._optional(15)
        second = birth + check_digit(birth) + sex + expiry + check_digit(expiry) + nationality
        second += self._optional(11)
        second += check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
        return [first, second, self._name(30)]

    def _random_lines(self) -> list[str]:
        """Balances the alphabet and breaks the grammar, so that the network reads and does not guess."""
        rng = self.rng
        rows, width = rng.choice([(2, 44), (2, 36), (3, 30)])
        letters = ALPHABET if rng.random() < 0.6 else LOOK_ALIKES
        return [
            "".join(rng.choice(letters if rng.random() < 0.9 else "<") for _ in range(width))
            for _ in range(rows)
        ]

    def _state(self) -> str:
        return self.rng.choice(STATES).ljust(3, "<")

    def _syllables(self) -> str:
        rng = self.rng
        return "".join(
            rng.choice("BCDFGHJKLMNPQRSTVWXZ")
            + rng.choice(["A", "E", "I", "O", "U", "Y", "AI", "OU"])
            + rng.choice(["", "", "N", "R", "S", "L", "CH", "TZ", "K"])
            for _ in range(rng.randint(1, 4))
        )

    def _name(self, width: int) -> str:
        rng = self.rng
        family = rng.choice(self.family) if rng.random() < 0.6 else self._syllables()
        if rng.random() < 0.14:
            family += "<" + rng.choice(self.family)
        given = "<".join(
            rng.choice(self.given) if rng.random() < 0.7 else self._syllables()
            for _ in range(rng.choice([1, 1, 1, 2, 2, 3]))
        )
        if rng.random() < 0.02:
            given = ""
        return (family + ("<<" + given if given else ""))[:width].ljust(width, "<")

    def _date(self, first_year: int = 0, last_year: int = 99) -> str:
        rng = self.rng
        return f"{rng.randint(first_year, last_year):02d}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"

    def _number(self) -> str:
        rng = self.rng
        kind = rng.random()

        def some(letters: str, count: int) -> str:
            return "".join(rng.choice(letters) for _ in range(count))

        if kind < 0.33:
            number = some(DIGITS, rng.choice([7, 8, 9, 9, 9]))
        elif kind < 0.64:
            number = some(LETTERS, rng.choice([1, 2, 2, 3])) + some(DIGITS, rng.choice([6, 7]))
        elif kind < 0.72:
            number = some(DIGITS, 2) + some(LETTERS, 2) + some(DIGITS, 5)
        elif kind < 0.80:
            number = some("CFGHJKLMNPRTVWXYZ0123456789", 9)
        elif kind < 0.90:
            number = "".join(
                rng.choice(LOOK_ALIKES_OF_NUMBERS) if rng.random() < 0.7 else rng.choice(LETTERS + DIGITS)
                for _ in range(9)
            )
        else:
            number = some(LETTERS + DIGITS, 9)
        return number[:9].ljust(9, "<")

    def _optional(self, width: int) -> str:
        rng = self.rng
        kind = rng.random()
        if kind < 0.45:
            return "<" * width
        count = rng.randint(1, width)
        letters = DIGITS if kind < 0.72 else LETTERS + DIGITS if kind < 0.9 else LETTERS + DIGITS + "<<<"
        return "".join(rng.choice(letters) for _ in range(count)).ljust(width, "<")
