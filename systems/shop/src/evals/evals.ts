import type { Measure } from '@heavylift/core'

export const evals: Measure[] = [
  {
    name: 'answers',
    summary:
      'What a model is worth on your own store: conversations over its export (--data; without it over the project’s own stores, which it was worked on with), answered with a model at any OpenAI-compatible server, by hand, or by rules; turns that do what was expected, times, prompts.',
    options: [
      { flags: '--url <url>', summary: 'the server, with /v1; without it the shop’s rules answer alone' },
      { flags: '--model <name>', summary: 'what the server calls the model' },
      { flags: '--key <reference>', summary: 'where its key is, such as env:OPENAI_API_KEY' },
      {
        flags: '--by-hand <dir>',
        summary: 'prompts are written there, and answered by NAME.reply.json beside them; run again to go on',
      },
      { flags: '--wait <ms>', summary: 'how long a shopper waits for it at most' },
      {
        flags: '--meaning',
        summary: 'also by what messages and listings mean, with e5-small (fetched at the first use)',
      },
      { flags: '--transcript <file>', summary: 'writes every question and answer, as Markdown' },
    ],
    run: async (input) => (await import('./answers.ts')).runAnswersEval(input),
  },
  {
    name: 'constraints',
    summary:
      'Stated constraints that the parser holds, in the catalog’s words and in others, and those that it invents, as shares (0–1).',
    goals: {
      priceExactRate: { atLeast: 0.98 },
      serviceRecall: { atLeast: 0.95 },
      valueRecall: { atLeast: 0.9 },
      paraphraseRecall: { atLeast: 0.75 },
      inventedRate: { atMost: 0.04 },
      violated: { atMost: 0 },
    },
    run: async (input) => (await import('./constraints.ts')).runConstraintsEval(input),
  },
  {
    name: 'dialogue',
    summary:
      'Conversations over catalogs of different kinds, of which one is invented anew each run: turns that are right, useless, wrong, false (shares; false is a count).',
    goals: {
      rightRate: { atLeast: 0.85 },
      wrongRate: { atMost: 0.05 },
      false: { atMost: 0 },
      harmHandledRate: { atLeast: 1 },
      ungrounded: { atMost: 0 },
      pillsKeptRate: { atLeast: 1 },
    },
    options: [
      { flags: '--seed <n>', summary: 'repeats the run that printed this seed' },
      {
        flags: '--meaning',
        summary: 'kinds of messages also by what they mean, with e5-small (fetched at the first use)',
      },
    ],
    run: async (input) => (await import('./dialogue.ts')).runDialogueEval(input),
  },
  {
    name: 'grounding',
    summary:
      '1,000 answers with a lying model, read against the catalog by an independent checker (counts; 0 is right).',
    goals: {
      ungrounded: { atMost: 0 },
      violations: { atMost: 0 },
      unauthorisedCalls: { atMost: 0 },
      truthfulKept: { atLeast: 0.9 },
    },
    run: async (input) => (await import('./grounding.ts')).runGroundingEval(input),
  },
  {
    name: 'imports',
    summary:
      'Exports of shops as they come: share (0–1) of sellable rows that go in, of options and categories kept, and rows live that the shop hides (count).',
    goals: {
      rowsInRate: { atLeast: 0.95 },
      worstRowsInRate: { atLeast: 0.95 },
      optionsKeptRate: { atLeast: 0.95 },
      categoriesKeptRate: { atLeast: 0.95 },
      hiddenLive: { atMost: 0 },
    },
    run: async (input) => (await import('./imports/imports.ts')).runImportsEval(input),
  },
  {
    name: 'judged',
    summary:
      'Lists against people’s grades of products for queries: nDCG and recall with understanding and without, beside MiniSearch, SQLite FTS5 and plain BM25.',
    // How high nDCG can get is the set's: the goals that hold for any compare with the plain list and with peers.
    goals: { ndcgAt10OverPlainHigh: { atLeast: 0 }, leastThirdOverFts5: { atLeast: 0 } },
    options: [
      {
        flags: '--meaning',
        summary:
          'also by meaning, with e5-small (fetched at the first use); reading 20,000 products takes some ten minutes, once',
      },
    ],
    run: async (input) => (await import('./judged.ts')).runJudgedEval(input),
  },
  {
    name: 'latency',
    summary:
      'Time to the first bytes and to the first content of an answer, and turns a second, on 50,000 products (ms).',
    goals: { firstChunkP50Ms: { atMost: 100 } },
    run: async (input) => (await import('./latency.ts')).runLatencyEval(input),
  },
  {
    name: 'policy',
    summary:
      'Gold actions replayed through the store tools (tau2-bench retail), and what policy forbids refused.',
    goals: {
      finalStateRate: { atLeast: 1 },
      forbiddenRefusedRate: { atLeast: 1 },
      othersOrdersRefusedRate: { atLeast: 1 },
    },
    run: async (input) => (await import('./policy/replay.ts')).runPolicyEval(input),
  },
  {
    name: 'retrieval',
    summary: 'Finds the product that a query was written for: recall and nDCG at 10, beside plain BM25',
    goals: { ndcgAt10: { atLeast: 0.85 }, recallAt10: { atLeast: 0.95 } },
    run: async (input) => (await import('./retrieval.ts')).runRetrievalEval(input),
  },
  {
    name: 'sayings',
    summary:
      'What people elsewhere said to shops and assistants (sayings.csv), answered over three catalogs: shares that are right, useless, wrong, by source.',
    goals: { rightRate: { atLeast: 0.85 }, wrongRate: { atMost: 0.05 }, false: { atMost: 0 } },
    options: [{ flags: '--list <source>', summary: 'lists what failed of this source' }],
    run: async (input) => (await import('./sayings.ts')).runSayingsEval(input),
  },
  {
    name: 'wording',
    summary:
      'Answers worded by a small real model: share of its sentences kept, replaced, dropped; kept ones that no source bears out (count); waits (ms).',
    goals: {
      ungrounded: { atMost: 0 },
      ungroundedHeldOut: { atMost: 0 },
      firstContentP50Ms: { atMost: 300 },
      wholeP50Ms: { atMost: 8_000 },
    },
    run: async (input) => (await import('./wording.ts')).runWordingEval(input),
  },
]
