import { expect, test } from 'vitest'
import { readImport } from '../../src/import/read-import.ts'
import { readLlmTrace } from '../../src/llm-fleet/read-trace.ts'

const azure = `TIMESTAMP,ContextTokens,GeneratedTokens
2023-11-16 18:17:03.9799600,4808,10
2023-11-16 18:17:04.0319600,3180,8
broken,1,
2023-11-16 18:17:06.0000000,110,27
`
const mooncake = [
  { timestamp: 3000, input_length: 900, output_length: 20, hash_ids: [0, 1] },
  { timestamp: 0, input_length: 700, output_length: 0, hash_ids: [0, 2] },
]
  .map((row) => JSON.stringify(row))
  .join('\n')

test('traces of Azure and Mooncake become requests in the order of arrival [READY-LLM-04]', () => {
  const first = readLlmTrace(azure)
  expect(first?.unread).toBe(1)
  expect(first?.requests.map(({ atMs, ...rest }) => ({ atMs: Math.round(atMs), ...rest }))).toEqual([
    { atMs: 0, promptTokens: 4808, outputTokens: 10 },
    { atMs: 52, promptTokens: 3180, outputTokens: 8 },
    { atMs: 2020, promptTokens: 110, outputTokens: 27 },
  ])
  const second = readLlmTrace(mooncake)
  expect(
    second?.requests.map(({ atMs, promptTokens, outputTokens }) => [atMs, promptTokens, outputTokens]),
  ).toEqual([
    [0, 700, 1],
    [3000, 900, 20],
  ])
  // Both begin alike, by one of Mooncake's blocks of 512 tokens: 32 of ours.
  const [a = [], b = []] = second?.requests.map(({ blocks }) => blocks) ?? []
  expect(a.filter((id, at) => b[at] === id)).toHaveLength(32)
  expect(readLlmTrace('a,b\n1,2\n')).toBeNull()
})

test('a trace becomes streamed prompts of its lengths at its rate [READY-LLM-04]', () => {
  const { scenario, left, format } = readImport(azure)
  expect(format).toBe('Azure LLM trace')
  expect(scenario.requests[0]).toMatchObject({ path: '/v1/chat/completions', isStream: true })
  expect(scenario.load).toEqual([{ kind: 'replay', intervalSeconds: 1, counts: [2, 0, 1] }])
  expect(scenario.data?.map(({ prompt = '', max_tokens }) => [prompt.split(' ').length, max_tokens])).toEqual(
    [
      [4808, '10'],
      [3180, '8'],
      [110, '27'],
    ],
  )
  expect(left).toEqual([{ where: '1 rows', advice: 'They have no time with numbers of tokens.' }])
})
