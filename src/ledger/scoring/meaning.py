"""What each number means and what it does not, in a sentence to stand beside it.

One home for these words: commands, the method page and the reference take them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Meaning:
    """A score explained: `sentence` is what it means, `says_not` what it must not be read as."""

    name: str
    formula: str
    sentence: str
    says_not: str
    reference: str


_ALL = (
    Meaning(
        "rate",
        "hits / n, over claims whose deadline is over and that were judged",
        "The share of scored claims that came true by their deadline; late, partly and missed all count as not.",
        "It is not the share of claims that ever come true, and open or overdue claims are not in it.",
        "Elementary; scoring at the deadline: see the method page",
    ),
    Meaning(
        "interval",
        "Wilson: roots p of (h/n - p)^2 = z^2 p (1 - p) / n_eff, n_eff = p (1 - p) / variance between series",
        "Any long-run rate in this interval could have produced what was seen; claims of one series hang together and "
        "count for less.",
        "It covers chance only, not the choice of claims or doubtful verdicts.",
        "Wilson (1927), JASA 22:209-212; Brown, Cai and DasGupta (2001), Statistical Science 16:101-133; effective "
        "number: Dean and Pagano (2015), Journal of Survey Statistics and Methodology 3:484-503",
    ),
    Meaning(
        "bounds",
        "h / (n + w) to (h + w) / (n + w), w claims overdue or awaiting their verdict",
        "Where the rate would lie if all claims that wait for a verdict turned out misses, or all of them hits.",
        "It is not a margin of error: it only shows how much is still unjudged.",
        "Manski (1989), Journal of Human Resources 24:343-360",
    ),
    Meaning(
        "lenient",
        "(hits + partly + late by no more than the latest reading of the deadline) / claims past that reading",
        "The rate under the most charitable reading of deadlines and verdicts.",
        "It is not the headline: the gap to the strict rate shows how much hangs on interpretation.",
        "Own convention: the strict rate never gives half a point",
    ),
    Meaning(
        "common_rate",
        "intervals that do not hold sum hits / sum n; expected: sum of P(Wilson's interval misses it) over the groups",
        "Of many intervals some miss the common rate although no group differs from the others.",
        "It does not say which groups differ, and the extreme ones of a long table are the likeliest to be chance.",
        "Spiegelhalter (2005), Statistics in Medicine 24:1185-1202",
    ),
    Meaning(
        "shrunk",
        "(hits + a) / (n + a + b), rates of groups ~ Beta(a, b) fitted to all groups by marginal likelihood",
        "The best guess of a group's rate, knowing how much the groups of this table differ: few claims are drawn to "
        "the common rate.",
        "It is not what was observed, and takes the groups as drawn from one population.",
        "Efron and Morris (1975), JASA 70:311-319; Skellam (1948), JRSS B 10:257-261",
    ),
    Meaning(
        "against",
        "sum of p over the last forecasts by the day each claim was said; chance: Poisson-binomial tails",
        "How many of these claims somebody else expected to come true when they were made, and how likely so few, or "
        "so many, would be if he was right.",
        "It does not say who was right of a single claim, and claims without such a forecast are not in it.",
        "Hong (2013), Computational Statistics and Data Analysis 59:41-51",
    ),
    Meaning(
        "brier",
        "mean of (p - y)^2, y = 1 if it came true, else 0; scale 0 to 1",
        "The mean squared distance between stated probability and outcome: 0 is perfect, saying 50% every "
        "time earns 0.25, less is better.",
        "It says nothing about claims without a stated probability, and two sets of claims of different "
        "difficulty cannot be compared by it.",
        "Brier (1950), Monthly Weather Review 78:1-3",
    ),
    Meaning(
        "log_score",
        "mean of -ln(probability given to what happened), in nats",
        "The mean surprise at what happened: 0 is perfect, 50% every time earns 0.69, and one thing called "
        "impossible that happens makes it infinite.",
        "Infinite is not an error: it is what certainty costs when it is wrong.",
        "Good (1952), Journal of the Royal Statistical Society B 14:107-114",
    ),
    Meaning(
        "certain_misses",
        "claims stated at 0% that came true or at 100% that did not",
        "How many outcomes had been called impossible; any of them makes the log score infinite.",
        "It does not say how wrong the other claims were.",
        "Good (1952), Journal of the Royal Statistical Society B 14:107-114",
    ),
    Meaning(
        "skill",
        "1 - Brier / Brier of the reference rate (50% unless another is given)",
        "How much better the stated probabilities were than stating the reference rate every time: 1 is "
        "perfect, 0 no better, below 0 worse.",
        "Beating 50% is easy where most claims fail anyway; only a fitting base rate shows knowledge.",
        "Murphy (1973), Journal of Applied Meteorology 12:215-223",
    ),
    Meaning(
        "calibration_evidence",
        "mean over four fixed alternatives of the product of q/p where it came true, (1 - q)/(1 - p) where not",
        "What betting against the stated probabilities would have made of 1, in the order of deadlines: the calibrated "
        "ever reach 20 in at most 1 of 20 ledgers, however often one looks.",
        "Below the alarm it is no evidence of calibration, and a small value is none of anything.",
        "Ville (1939); Vovk and Wang (2021), Annals of Statistics 49:1736-1754; Ramdas et al. (2023), Statistical "
        "Science 38:576-601",
    ),
    Meaning(
        "reliability",
        "sum n_k (f_k - o_k)^2 / n over stated probabilities k",
        "How far the stated probabilities lie from what came true at each of them: 0 is perfect.",
        "With few claims a perfectly calibrated speaker does not get 0 either: see what chance gives.",
        "Murphy (1973), Journal of Applied Meteorology 12:595-600",
    ),
    Meaning(
        "reliability_by_chance",
        "95th percentile of the reliability over outcomes drawn with the stated probabilities",
        "How far off a perfectly calibrated speaker would seem in 95 of 100 cases, on claims like these.",
        "Staying below it does not prove calibration: few claims can hardly show anything.",
        "Bröcker and Smith (2007), Weather and Forecasting 22:651-661",
    ),
    Meaning(
        "rate_by_chance",
        "central range of k/n under Binomial(n, stated probability)",
        "Where the rate would lie if the stated probability were right; outside of it is a sign that it was not.",
        "Of many rows some are outside by chance, and it is not made for claims of one series, which hang together.",
        "Bröcker and Smith (2007), Weather and Forecasting 22:651-661",
    ),
    Meaning(
        "resolution",
        "sum n_k (o_k - o)^2 / n over stated probabilities k",
        "How much the outcomes differ between stated probabilities: more means the words told things apart.",
        "With a single claim at each probability it is as large as it can be, and means nothing.",
        "Murphy (1973), Journal of Applied Meteorology 12:595-600",
    ),
    Meaning(
        "miscalibration",
        "MCB = S(p) - S(recalibrated p), recalibrated by isotonic regression",
        "What the score would gain if each stated probability were replaced by what it turned out to be "
        "worth: 0 is perfect.",
        "It is above 0 by chance alone; only beyond the 95th percentile under calibration it is evidence.",
        "Dimitriadis, Gneiting and Jordan (2021), PNAS 118:e2016191118",
    ),
    Meaning(
        "miscalibration_by_chance",
        "mean and 95th percentile of MCB over outcomes drawn with the stated probabilities",
        "How miscalibrated a perfectly calibrated speaker would look on as many claims as these.",
        "Staying below it does not prove calibration: few claims can hardly show anything.",
        "Bröcker and Smith (2007), Weather and Forecasting 22:651-661",
    ),
    Meaning(
        "discrimination",
        "DSC = S(overall rate) - S(recalibrated p)",
        "What telling likely from unlikely is worth, once the probabilities are put right.",
        "It does not say that the stated numbers were right, only that higher ones came true more often; and it is "
        "above 0 by chance alone.",
        "Dimitriadis, Gneiting and Jordan (2021), PNAS 118:e2016191118",
    ),
    Meaning(
        "discrimination_by_chance",
        "95th percentile of DSC over outcomes drawn with one common rate, the mean of the stated probabilities",
        "How well likely and unlikely would seem told apart if the probabilities had nothing to do with what happened.",
        "Staying below it does not prove that nothing is told apart.",
        "Bröcker and Smith (2007), Weather and Forecasting 22:651-661",
    ),
    Meaning(
        "uncertainty",
        "o (1 - o), o the share that came true",
        "How hard the claims were: the Brier score of stating their overall rate every time.",
        "It is a property of what happened and no merit or fault of the speaker.",
        "Murphy (1973), Journal of Applied Meteorology 12:595-600",
    ),
    Meaning(
        "hits_probability",
        "Poisson-binomial tail: P(at most h hits), P(at least h hits)",
        "How likely so few, or so many, hits would be if every stated probability were right.",
        "It is not the probability that the speaker is right. Of each series one claim is taken, the one said first.",
        "Hong (2013), Computational Statistics and Data Analysis 59:41-51",
    ),
    Meaning(
        "share_inside",
        "values inside their stated range / ranges judged, with Wilson's interval",
        "How often the value fell inside the range that was promised.",
        "Without a stated level nobody knows how often it should; near misses count as misses.",
        "Wilson (1927), JASA 22:209-212",
    ),
    Meaning(
        "declared_level",
        "exact binomial test of the share inside against the level, counts ordered by likelihood",
        "How likely a share inside as far off as this would be if the level were right.",
        "One range of each series is taken, the one said first; a large value is no proof of the level, and an assumed "
        "level was stated by nobody.",
        "Sterne (1954), Biometrika 41:275-278",
    ),
    Meaning(
        "declared_percentile",
        "exact binomial test of the share met by the deadline against the declared percentile, by likelihood",
        "How likely a share as far off as this would be if the deadlines were that percentile of the time needed.",
        "One claim of each series is taken, the one said first, and a large value is no proof of the percentile.",
        "Sterne (1954), Biometrika 41:275-278",
    ),
    Meaning(
        "delivered",
        "value / low end if below, value / high end if above, 1 inside; of a bound from above, bound / value if above",
        "How much of what was promised came, against the end that was missed.",
        "It is not a score: it does not reward a narrow range or punish a vague one.",
        "Elementary",
    ),
    Meaning(
        "point_error",
        "value - number; (value - number) / |number|",
        "How far the value lies from the one number that was said, in its unit and as a share of it.",
        "It is no score: a number said as a direction, or without how sure, is not wrong for being missed by little.",
        "Elementary",
    ),
    Meaning(
        "log_ratio",
        "ln(value / sqrt(low x high)), of a single number ln(value / number)",
        "How far the value lies from the number, or from the middle between two ends, as a factor: 0 is there, 0.69 is "
        "twice, -0.69 half of it.",
        "It does not say whether the value was inside the range.",
        "Törnqvist, Vartia and Vartia (1985), The American Statistician 39:43-46",
    ),
    Meaning(
        "interval_score",
        "(u - l) + (2/a) (l - x)+ + (2/a) (x - u)+, a = 1 - level",
        "The width of the range plus a fine for missing it; less is better.",
        "It exists only for ranges with a level, and means are taken within one level and one scale only.",
        "Winkler (1972), JASA 67:187-191; Bosse et al. (2023), PLOS Computational Biology 19:e1011393",
    ),
    Meaning(
        "sign_test",
        "two-sided binomial tail at 1/2 of values below against above their range",
        "How likely so lopsided a split of misses would be if values fell below and above equally often.",
        "It does not say how far they missed; one range of each series is taken, and those inside are not in it.",
        "Conover (1999), Practical Nonparametric Statistics, section 3.4",
    ),
    Meaning(
        "median_stretch",
        "first time ratio with F >= 1/2, F by Turnbull's estimate (Kaplan-Meier's where that is the same)",
        "Half of such claims have come true by this many times the promised time; those not known to have come count "
        "up to the last look.",
        '"Not reached" is an answer: fewer than half came true within the time watched. It is not the '
        "average of those that came.",
        "Turnbull (1976), JRSS B 38:290-295; Kaplan and Meier (1958), JASA 53:457-481",
    ),
    Meaning(
        "on_time_by_survival",
        "F(1), F the same estimate of the share that has come by a time ratio",
        "The share that comes true within the promised time, estimated from open claims too.",
        "It assumes that open claims are like the others and that looks are not taken when something has just come; "
        "claims about a fixed period are not in it.",
        "Turnbull (1976), JRSS B 38:290-295; Kaplan and Meier (1958), JASA 53:457-481",
    ),
    Meaning(
        "lateness_band",
        "Wilson's interval of F at n_eff = F (1 - F) / V, V by Greenwood or over 200 draws of whole series",
        "Where the share, or the median, would lie with as many claims as these; those of one series count for less.",
        "It holds for one time at once and not for the whole curve, and covers chance only.",
        "Rothman (1978), Journal of Chronic Diseases 31:557-560; Dorey and Korn (1987), Statistics in Medicine "
        "6:679-687",
    ),
    Meaning(
        "slip",
        "day it came true - last day of the deadline",
        "How many days after its deadline a claim came true; negative is early.",
        "Of what has not come true it is only a lower bound: a mean over what has come flatters.",
        "Elementary: a difference of days",
    ),
    Meaning(
        "recession",
        "days the deadline moved / days between the statements, over the steps that kept the number",
        "How fast the date moves away: 0 stands still, 1 recedes a day per day.",
        "It says nothing about whether the latest date will hold, and is not told of less than 90 days.",
        "Elementary: the slope of the announced date",
    ),
    Meaning(
        "time_weighted",
        "sum days x (p - y)^2 / days, each value for the days it stood",
        "The Brier score of a probability that was changed, each value counting as long as it stood.",
        "It is not comparable with a score of first statements: waiting until the end earns a better one.",
        "Own convention: squared first, then averaged over the days",
    ),
    Meaning(
        "hindsight",
        "claims entered in the ledger after they were decided",
        "How many claims were entered once their outcome was known: what became newsworthy gets in.",
        "It does not make them false, but a rate over them says little about the speaker.",
        "Own convention",
    ),
    Meaning(
        "selection",
        "no formula",
        "These rates describe the claims in this ledger, chosen by whoever keeps it.",
        "They are not rates of everything the speaker ever said.",
        "Own convention",
    ),
    Meaning(
        "lexicon",
        "words looked up in a named table of verbal probabilities",
        "A score of words turned into numbers by somebody else's table: every word at the low end of its band, or "
        "at the high one (two scenarios, not bounds), and the least and the most that values inside the bands give.",
        "The speaker stated none of these numbers; another table gives another score.",
        "Kent (1964), Studies in Intelligence 8(4):49-65",
    ),
    Meaning(
        "question_interval",
        "mean -+ t s / sqrt(n) over questions, t Student's quantile with n - 1 degrees of freedom",
        "What the mean could be on other questions like these: each question is one draw, however often it was "
        "forecast.",
        "Questions that hang together make it too narrow, and two intervals that overlap do not say who is better.",
        "Student (1908), Biometrika 6:1-25; clusters are questions",
    ),
    Meaning(
        "last_brier",
        "mean over questions of (p - y)^2, p the last forecast before the question was decided or closed",
        "How far the last word was from what happened: 0 is perfect, 0.25 is what 50% earns always.",
        "On different questions it compares the questions, not the forecasters.",
        "Brier (1950), Monthly Weather Review 78:1-3",
    ),
    Meaning(
        "scheduled_brier",
        "mean over questions of (sum time x (p - y)^2 + uncovered time x 0.25) / time from opening to scheduled "
        "closing",
        "The Brier score of all forecasts, each for as long as it stood; time without one counts as 50%.",
        "It is undefined where no closing is known, and for crowds, whose members change.",
        "Brier (1950), Monthly Weather Review 78:1-3; weights fixed in advance as in Metaculus' scores",
    ),
    Meaning(
        "coverage",
        "mean over questions of the share of the time from opening to scheduled closing with a forecast standing",
        "How much of the life of the questions they took up a forecaster answered for.",
        "It does not count the questions that were left out.",
        "Metaculus, Scores FAQ",
    ),
    Meaning(
        "peer",
        "mean over questions of 100 (ln P - mean of ln P of the others), P the probability given to what happened",
        "How much less surprised a forecaster was than the others on the same question: above 0 is better than they.",
        "It says nothing where nobody else forecast; a certain miss has none and is counted in brackets instead.",
        "Metaculus, Scores FAQ (peer score)",
    ),
    Meaning(
        "relative_brier",
        "mean over questions of (p - y)^2 - median of the others' (p - y)^2",
        "The Brier score against the median of the others on the same question: below 0 is better than they.",
        "It hangs on who the others are, and is not comparable between sets of others.",
        "Good Judgment Open (accuracy score), with the median of the others",
    ),
    Meaning(
        "crowd",
        "median, mean, and geometric mean of odds of the last forecasts of a question with two or more forecasters",
        "What all together said, as if it were one more forecaster.",
        "It is no forecaster that one could have asked early: it is taken at the end.",
        "Satopää et al. (2014), International Journal of Forecasting 30:344-356",
    ),
    Meaning(
        "forecast_bins",
        "hits / n of the forecasts in a bin; Wilson's interval on n_eff = p (1 - p) / V, V the variance between "
        "questions",
        "The share of the forecasts in this bin that came true: near the stated one if they are calibrated.",
        "Forecasts of one question come true together, so that many of them say little more than one.",
        "Kish (1965), Survey Sampling (effective number); Wilson (1927), JASA 22:209-212",
    ),
    Meaning(
        "e_value",
        "largest mean over fixed stakes l of exp(l sum d - psi(l) sum (d - mean of earlier d)^2), d the difference of "
        "Brier scores",
        "Evidence that one of the two is better, which may be read after every question; it must reach the alarm.",
        "Below the alarm nothing is shown, neither that one is better nor that both are alike.",
        "Choe and Ramdas (2023), Operations Research; Howard et al. (2021), Annals of Statistics 49:1055-1080",
    ),
)

MEANINGS: Mapping[str, Meaning] = MappingProxyType({meaning.name: meaning for meaning in _ALL})
"""Every meaning by the name of its score."""
