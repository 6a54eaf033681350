"""Words that guessers try first, without accents; within a longer phrase they do no harm."""

_COMMON = """
password passwort passw0rd p4ssw0rd losenord losen hemlig hemligt secret qwerty qwertyuiop asdfgh asdfghjkl zxcvbn
zxcvbnm 1q2w3e4r 1qaz2wsx abcdefgh abcdef abc123 abcd letmein welcome valkommen login logga inloggning admin
administrator user anvandare guest gast default changeme test testing master iloveyou jagalskardig alskling dragon
monkey sunshine princess superman batman football fotboll hockey sommar sommaren vinter vintern host hosten var varen summer winter autumn spring
januari februari mars april maj juni juli augusti september oktober november december mandag tisdag onsdag torsdag
fredag lordag sondag monday friday sverige sweden svenska stockholm goteborg malmo
"""
_CONTEXT = """
ccc rcc lccc cccn eunetccc oeci pilot cccpilot cancer cancercentrum onkologi comprehensive region regionen regional
regionalt ostergotland jonkoping kalmar linkoping norrkoping sydost sydostra sosr rjl rkl sjukvardsregionen sjukvard
sjukhus universitetssjukhuset lan socialstyrelsen projekt projektledare huvudprojektledare projektledning 1177
"""
COMMON = frozenset(_COMMON.split())
CONTEXT = frozenset(_CONTEXT.split())
