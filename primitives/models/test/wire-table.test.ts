import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { anthropicBatchPaths } from '../src/batches/anthropic-paths.ts'
import { openAiBatchPaths } from '../src/batches/openai-paths.ts'
import { callPaths } from '../src/gateway/entry/call-paths.ts'
import { modelPaths } from '../src/gateway/entry/list-models.ts'
import { OwnPaths } from '../src/gateway/entry/own-paths.ts'
import { responsePaths } from '../src/gateway/entry/response-paths.ts'
import { createAnthropicCodec } from '../src/providers/anthropic.ts'
import type { JsonObject } from '../src/wire/codec.ts'
import { messagesCodec } from '../src/wire/messages.ts'
import { responsesCodec } from '../src/wire/responses.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))
const page = readFileSync(join(folder, 'WIRE.md'), 'utf8')
const require = createRequire(import.meta.url)
const openAiFolder = join(dirname(require.resolve('openai')), 'resources')
const anthropicFolder = join(dirname(require.resolve('@anthropic-ai/sdk')), 'resources')

const own = [
  ...callPaths,
  ...modelPaths,
  ...responsePaths,
  ...openAiBatchPaths(null),
  ...anthropicBatchPaths(null),
]

/** Rows of the table below a heading, as cells without marks of code. */
function rowsOf(heading: string): string[][] {
  const [, section = ''] = page.split(`## ${heading}\n`)
  const [body = ''] = section.split('\n## ')
  return body
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| --'))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replaceAll('`', '').trim()),
    )
}

/** `POST /v1/audio/speech` …: what an official client can ask for, from its own code. */
function pathsOf(resources: string): string[] {
  const found = new Set<string>()
  for (const file of readdirSync(resources, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.mjs')) continue
    const source = readFileSync(join(resources, file), 'utf8')
    const calls = /_client\.(get|post|delete|put|patch|getAPIList)\((?:path *)?[`']([^`']+)[`']/g
    for (const [, method = '', path = ''] of source.matchAll(calls)) {
      const plain = path.replace(/\?.*$/, '').replaceAll(/\$\{\w+\}/g, '{id}')
      const verb = method === 'getAPIList' ? 'GET' : method.toUpperCase()
      found.add(`${verb} ${plain.startsWith('/v1') ? plain : `/v1${plain}`}`)
    }
  }
  return [...found]
}

/** Fields of an interface of an official client's types. */
function fieldsOf(file: string, name: string): string[] {
  const source = readFileSync(file, 'utf8')
  const start = source.indexOf(`export interface ${name} {`)
  const body = source.slice(start, source.indexOf('\n}', start))
  return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, field]) => field ?? '')
}

describe('the page of the wire says what is so [MODELS-WIRE-25]', () => {
  test('of every path that is answered here, with tests or scripts that there are', () => {
    const rows = rowsOf('Answered here')
    expect(rows.map(([path, methods]) => `${methods?.replaceAll(', ', ' and ')} ${path}`).toSorted()).toEqual(
      new OwnPaths(own).list().toSorted(),
    )
    for (const [path, , , proof = ''] of rows) {
      expect([path, proof.split(', ').filter((file) => !existsSync(join(folder, 'test', file)))]).toEqual([
        path,
        [],
      ])
      expect(proof).not.toBe('')
    }
  })

  test.each([
    ['openai', openAiFolder],
    ['@anthropic-ai/sdk', anthropicFolder],
  ])('of every path that %s can ask for', (_name, resources) => {
    const paths = pathsOf(resources)
    expect(paths.length).toBeGreaterThan(50)
    const answered = new OwnPaths(own)
    const others = rowsOf('Passed where declared').map(([path = '']) => path)
    const unsaid = paths.filter((entry) => {
      const [method = '', path = ''] = entry.split(' ')
      if (answered.find(path)?.own.methods[method]) return false
      return !others.some((other) => path === other || path.startsWith(`${other}/`))
    })
    expect(unsaid).toEqual([])
  })

  const question = [{ role: 'user', content: 'hi' }]
  const tool = { type: 'object', properties: {} }
  const anthropic = createAnthropicCodec({ version: '2023-06-01', nowMs: () => 0 })
  const translations: {
    heading: string
    file: string
    name: string
    base: JsonObject
    samples: JsonObject
    translate: (body: JsonObject) => unknown
  }[] = [
    {
      heading: 'Responses to chat completions',
      file: join(openAiFolder, 'responses/responses.d.ts'),
      name: 'ResponseCreateParamsBase',
      base: { model: 'm', input: 'hi' },
      samples: {
        instructions: 'Be brief.',
        max_output_tokens: 5,
        tools: [{ type: 'function', name: 'f', parameters: tool }],
        tool_choice: 'none',
        reasoning: { effort: 'low' },
        text: { format: { type: 'json_object' } },
        top_logprobs: 2,
        conversation: 'conv_1',
        prompt: { id: 'pmpt_1' },
        previous_response_id: 'resp_1',
        background: true,
        store: true,
        stream: true,
        parallel_tool_calls: false,
      },
      translate: (body) => responsesCodec.toChat(body),
    },
    {
      heading: 'Messages to chat completions',
      file: join(anthropicFolder, 'messages/messages.d.ts'),
      name: 'MessageCreateParamsBase',
      base: { model: 'm', max_tokens: 5, messages: question },
      samples: {
        system: 'Be brief.',
        stop_sequences: ['x'],
        stream: true,
        thinking: { type: 'enabled', budget_tokens: 1024 },
        tool_choice: { type: 'any' },
        tools: [{ name: 'f', input_schema: tool }],
        metadata: { user_id: 'u' },
        output_config: { effort: 'low', format: { type: 'json_schema', schema: tool } },
        container: 'c',
      },
      translate: (body) => messagesCodec.toChat(body),
    },
    {
      heading: 'Chat completions to Anthropic',
      file: join(openAiFolder, 'chat/completions/completions.d.ts'),
      name: 'ChatCompletionCreateParamsBase',
      base: { model: 'm', messages: question },
      samples: {
        audio: { voice: 'alloy', format: 'mp3' },
        functions: [{ name: 'f', parameters: tool }],
        function_call: { name: 'f' },
        logit_bias: { 5: 1 },
        logprobs: true,
        modalities: ['audio'],
        n: 2,
        parallel_tool_calls: false,
        prediction: { type: 'content', content: 'x' },
        reasoning_effort: 'low',
        response_format: { type: 'json_object' },
        stop: ['x'],
        stream: true,
        stream_options: { include_usage: true },
        tool_choice: 'required',
        tools: [{ type: 'function', function: { name: 'f', parameters: tool } }],
        web_search_options: {},
        service_tier: 'auto',
        user: 'u',
      },
      translate: (body) => String(anthropic.request(body, 'claude-x', { promptCacheHints: false }).body),
    },
  ]

  test.each(translations)('of every field: $heading', ({ heading, file, name, base, samples, translate }) => {
    const usual = JSON.stringify(translate(base))
    const whatBecomesOf = (field: string): string => {
      if (field in base) return 'used'
      // What needs another field to mean anything is looked at beside it.
      const beside =
        field === 'tool_choice' || field === 'parallel_tool_calls' || field === 'function_call'
          ? ['tools']
          : field === 'stream_options'
            ? ['stream']
            : field === 'top_logprobs' && 'logprobs' in samples
              ? ['logprobs']
              : []
      const context = { ...base, ...Object.fromEntries(beside.map((other) => [other, samples[other]])) }
      try {
        const before = beside.length === 0 ? usual : JSON.stringify(translate(context))
        return JSON.stringify(translate({ ...context, [field]: samples[field] ?? 0.5 })) === before
          ? 'left out'
          : 'used'
      } catch {
        return 'refused'
      }
    }
    const fields = fieldsOf(file, name)
    expect(fields.length).toBeGreaterThan(10)
    const said = Object.fromEntries(
      rowsOf(heading).flatMap(([what = '', names = '']) => names.split(', ').map((field) => [field, what])),
    )
    expect(said).toEqual(Object.fromEntries(fields.map((field) => [field, whatBecomesOf(field)])))
  })
})
