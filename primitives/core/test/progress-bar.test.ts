import { expect, test } from 'vitest'
import { createProgressRenderer } from '../src/runtime/index.ts'
import { formatBar } from '../src/runtime/progress-bar.ts'

function setUp(isTTY: boolean) {
  let now = 0
  let written = ''
  const stream = { isTTY, columns: 120, write: (text: string) => void (written += text) }
  const renderer = createProgressRenderer(stream, { monotonicMs: () => now })
  return { renderer, text: () => written, advance: (ms: number) => void (now += ms) }
}

test('a bar shows share, counts and time left, and fits the terminal [CORE-PROGRESS-01]', () => {
  const update = { stage: 'indexing', done: 2_500, total: 5_000, unit: 'rows' }
  expect(formatBar(update, 10_000, 120)).toBe(
    `indexing      ${'█'.repeat(12)}${'░'.repeat(12)}   50 %  2,500 of 5,000 rows  10 s left`,
  )
  expect(formatBar(update, 10_000, 40).length).toBeLessThan(40)
  expect(formatBar({ stage: 'reading', done: 1_500_000, unit: 'bytes' }, 0, 80)).toBe('reading  1.5 MB')
})

test('a terminal redraws one line per stage [CORE-PROGRESS-01]', () => {
  const { renderer, text, advance } = setUp(true)
  renderer.report({ stage: 'a', done: 0, total: 2, unit: 'rows' })
  advance(200)
  renderer.report({ stage: 'a', done: 2, total: 2, unit: 'rows' })
  renderer.report({ stage: 'b', done: 0, total: 1, unit: 'rows' })
  renderer.finish()
  expect(text().split('\n')).toHaveLength(3)
  expect(text()).toContain('100 %')
})

test('elsewhere it writes plain lines, the last of each stage included [CORE-PROGRESS-01]', () => {
  const { renderer, text, advance } = setUp(false)
  for (let done = 0; done <= 100; done++) {
    renderer.report({ stage: 'a', done, total: 100, unit: 'rows' })
    advance(10)
  }
  renderer.finish()
  expect(text()).toBe('a:  0 %  0 of 100 rows\na:  100 %  100 of 100 rows  1 s\n')
})
