import type { Requirement } from './requirement.ts'

export const liveSoccer: Requirement[] = [
  {
    id: 'LIVE-SOCCER-01',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Wyscout (version 2 and 3), StatsBomb and Opta (MA3) events of a match are recognised and become actions with side, player, place and running score; goals, own goals, cards and halves count once, a shoot-out not at all; the home side is told right.',
  },
  {
    id: 'LIVE-SOCCER-02',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'Shots of whole seasons with Understat’s columns become matches one by one, in order of time, by their stated result.',
  },
  {
    id: 'LIVE-SOCCER-03',
    source: 'standard: IFAB Laws of the Game, Law 1',
    behaviour:
      'Places are metres by the lines of each provider’s pitch, so that the same shot is as far from the goal in every feed.',
  },
  {
    id: 'LIVE-SOCCER-04',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'Goals, chances, saves, cards, set pieces, offsides, substitutions and halves of soccer are moments of the one taxonomy, each with a sentence; lead changes, levels and comebacks are found.',
  },
  {
    id: 'LIVE-SOCCER-05',
    source: 'docs/design/live.md#event-detection',
    behaviour:
      'A summary of soccer names the margin, each scorer with minutes, the goal that decided it and who was sent off.',
  },
  {
    id: 'LIVE-SOCCER-06',
    source: 'docs/design/live.md#insights',
    behaviour:
      'Each shot has its expected goals by where it was taken from, with what and what led to it, never by what became of it; what became of it scores them.',
  },
  {
    id: 'LIVE-SOCCER-07',
    source: 'docs/design/live.md#insights',
    behaviour:
      'Win, draw and loss are told before the match, after each goal and sending-off and as time goes, by score, time, added time, players sent off, expected goals and past results, and scored by the result.',
  },
  {
    id: 'LIVE-SOCCER-08',
    source: 'docs/design/live.md#evals',
    behaviour:
      'Evals score win, draw and loss (ranked probability score at fixed minutes) and expected goals (log loss) as the live rules show them, by competition, beside baselines and the worst competition.',
  },
  {
    id: 'LIVE-SOCCER-09',
    source: 'docs/design/live.md#insights',
    behaviour:
      'Goals and sendings-off are key moments of soccer by what they do to the result; momentum counts chances that came to nothing as well.',
  },
  {
    id: 'LIVE-SOCCER-10',
    source: 'docs/design/live.md#evals',
    behaviour:
      'What is said of soccer on screen and in summaries is checked against the file by a reader that shares no code with the pipeline; a false statement is found out.',
  },
  {
    id: 'LIVE-SOCCER-11',
    source: 'docs/design/live.md#insights',
    behaviour:
      'A soccer file pushed into a server ends up as results, expected goals, moments, summary and a recap of two minutes that holds each goal.',
  },
  {
    id: 'LIVE-SOCCER-12',
    source: 'docs/design/live.md#feeds',
    behaviour:
      'A simulated match of soccer has goals, shots, cards and draws about as often as matches have, the same for the same seed; a cup match goes to extra time and a shoot-out.',
  },
  {
    id: 'LIVE-SOCCER-13',
    source: 'docs/design/live.md#on-the-screen',
    behaviour:
      'Win, draw and loss stand on air as one bar with the score and the minute; the pitch shows the ball, how the attack came about, and every shot.',
  },
]
