import { expect, test } from 'vitest'
import { createCascadeCheck } from '../../src/gateway/call/cascade-check.ts'

const accept = { minCharacters: 1, json: false, finishReasons: ['stop', 'tool_calls'], refusePattern: null }

function completion(content: string | null, finishReason = 'stop', toolCalls?: object[]) {
  const message = { role: 'assistant', content, ...(toolCalls ? { tool_calls: toolCalls } : {}) }
  return { choices: [{ index: 0, message, finish_reason: finishReason }] }
}

function reason(changes: Partial<typeof accept> | { refusePattern: string }, answer: object): string | null {
  const verdict = createCascadeCheck({ ...accept, ...changes })(answer as Record<string, unknown>)
  return verdict.isGoodEnough ? null : verdict.reason
}

test('takes a whole answer and says what is wrong with another [MODELS-CACHE-06]', () => {
  expect(reason({}, completion('A pack of coffee pads.'))).toBeNull()
  expect(reason({}, {})).toBe('no-choice')
  expect(reason({}, completion('A pack of', 'length'))).toBe('finish-reason')
  expect(reason({ minCharacters: 5 }, completion('  No \n'))).toBe('too-short')
  expect(reason({ json: true }, completion('{"price": 3'))).toBe('json')
  expect(reason({ json: true }, completion('{"price": 3}'))).toBeNull()
  expect(reason({ refusePattern: "i can['’]?t|cannot" }, completion('I can’t help with that.'))).toBe(
    'pattern',
  )
  expect(reason({ refusePattern: "i can['’]?t|cannot" }, completion('Of course.'))).toBeNull()
})

test('takes an answer that only calls tools', () => {
  expect(reason({ minCharacters: 20, json: true }, completion(null, 'tool_calls', [{ id: 'a' }]))).toBeNull()
})

test('gives up on a pattern that would backtrack for ever [MODELS-CACHE-06]', () => {
  expect(reason({ refusePattern: '(a+)+$' }, completion(`${'a'.repeat(60)}!`))).toBe('pattern-too-slow')
})
