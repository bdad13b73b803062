import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startScriptedModelServer } from '@heavylift/models/testing'
import type { ScriptedRequest } from '@heavylift/models/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { examSentences } from '../../src/assistant/by-model/exam-sentences.ts'
import { runAnswersEval } from '../../src/evals/answers.ts'
import { english } from '../../src/language/lexicon.ts'

let folder: string
const goods = [
  'Wool blanket',
  'Reading lamp',
  'Clay teapot',
  'Oak stool',
  'Brass bell',
  'Linen apron',
  'Tin lantern',
]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hl-answers-'))
  await writeFile(
    join(folder, 'goods.csv'),
    ['id,title,price,description']
      .concat(goods.map((title, at) => `g${at},${title},${10 + at},Made by hand for evenings number ${at}.`))
      .join('\n'),
  )
  await writeFile(
    join(folder, 'own.conversations.json'),
    JSON.stringify({
      store: 'goods.csv',
      conversations: [
        {
          name: 'light',
          turns: [
            { say: 'something so that i can see my book at night', expect: { shows: ['Reading lamp'] } },
            { say: 'and what is it made for', expect: { says: ['by hand'] } },
          ],
        },
        { name: 'none', turns: [{ say: 'a garden hose', expect: { none: true } }] },
      ],
    }),
  )
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const run = (options: Record<string, string>) =>
  runAnswersEval({
    dataDir: folder,
    options,
    report: () => undefined,
    signal: new AbortController().signal,
  })

const kinds = new Map<string, string>()
for (const {
  input,
  kinds: [kind],
} of examSentences({ facets: new Map(), brands: new Map(), categories: new Map(), currency: 'USD' }, english))
  if (kind !== undefined) kinds.set(input.message, kind)

/** What a good model would say. */
function reply(content: string): string {
  const data = JSON.parse(content) as {
    goods: string[]
    lines: Record<string, string[]>
    message: string
  }
  const place = (text: string) => data.goods.findIndex((one) => one.includes(text)) + 1
  const kind = kinds.get(data.message) ?? (data.message.startsWith('and') ? 'question' : 'find')
  const lamp = place('Reading lamp')
  const wanted = /see my book|made for/.test(data.message) ? lamp : place(data.message)
  const line = Object.values(data.lines)
    .flat()
    .find((one) => one.includes('number 1'))
  return JSON.stringify({
    kind,
    about: kind === 'question' ? [lamp] : [],
    words: kind === 'find' ? data.message : '',
    without: [],
    fits: wanted > 0 && !kinds.has(data.message) ? [wanted] : [],
    near: [],
    lines: line === undefined ? [] : [Number.parseInt(line, 10)],
    quotes: [],
    missing: wanted > 0 ? '' : data.message,
    search: '',
  })
}

const script = (answer: (content: string) => string) => (request: ScriptedRequest) => ({
  deltas: [answer(request.messages.at(-1)?.content ?? '')],
})

test('any server that speaks OpenAI’s chat is examined, and what it is worth on a store is told [SHOP-CHOOSING-05]', async () => {
  const good = await startScriptedModelServer(script(reply))
  const bad = await startScriptedModelServer(script(() => 'I would love to help!'))
  try {
    const { metrics, failures } = await run({ url: good.baseUrl, model: 'scripted' })
    expect(failures).toEqual([])
    expect(metrics).toMatchObject({
      turns: 3,
      right: 3,
      usedRate: 1,
      callsPerTurn: 1 + metrics.examAsked / 3,
    })
    expect(metrics.examRight).toBe(metrics.examAsked)
    expect(metrics.promptCharactersP50).toBeGreaterThan(1_000)
    const worse = await run({ url: bad.baseUrl, model: 'scripted' })
    expect(worse.metrics).toMatchObject({ turns: 3, usedRate: 0, failedRate: 1, examRight: 0 })
    expect(worse.metrics.right).toBeLessThan(3)
  } finally {
    await Promise.all([good.close(), bad.close()])
  }
})

test('replies that somebody writes beside their prompts go on where they were missing [SHOP-CHOOSING-05]', async () => {
  const hand = join(folder, 'hand')
  await mkdir(hand)
  const first = await run({ byHand: hand })
  // What comes after the first message depends on its reply.
  expect(first.metrics).toMatchObject({ turns: 0, repliesAwaited: 2 })
  for (let round = 0; round < 2; round++) {
    for (const file of await readdir(hand)) {
      if (!file.endsWith('.prompt.md')) continue
      const [, user = ''] = (await readFile(join(hand, file), 'utf8')).split('# user\n\n')
      await writeFile(join(hand, file.replace('.prompt.md', '.reply.json')), reply(user))
    }
    const next = await run({ byHand: hand })
    expect(next.metrics).toMatchObject(
      round === 0 ? { turns: 2, repliesAwaited: 1 } : { turns: 3, right: 3, repliesAwaited: 0 },
    )
  }
})

test('wishes that somebody marked are met as first messages, beside a plain search for their words [SHOP-CHOOSING-05]', async () => {
  const wishes = [
    'a lamp for reading\tlamp|reading\tg1',
    'a hose\those\t',
    'a bell of tin\tbell\tBrass bell|g6',
  ]
  await writeFile(join(folder, 'own.wishes.tsv'), `${wishes.join('\n')}\n`)
  const transcript = join(folder, 'transcript.md')
  const { metrics, peers } = await run({ transcript })
  // What the store has nothing for counts as none.
  expect(metrics).toMatchObject({ wishes: 2, wishFirst: 1, wishShown: 1, plainFirst: 1, plainShown: 1 })
  expect(peers['own.conversations.json']).toMatchObject({ wishes: 2, turns: 3 })
  expect(await readFile(transcript, 'utf8')).toContain('**a lamp for reading** (results; right one at 1')
  await writeFile(join(folder, 'own.wishes.tsv'), 'a kettle\tkettle\tKettle\n')
  await expect(run({})).rejects.toThrow('no goods are called Kettle')
})

test('a file that is not of the form is said to be so', async () => {
  await writeFile(join(folder, 'own.conversations.json'), '{"store":"goods.csv","conversations":[{}]}')
  await expect(run({})).rejects.toThrow('own.conversations.json')
})
