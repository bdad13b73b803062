import { expect, test } from 'vitest'
import { mergeMetrics } from '../src/serve/merge-metrics.ts'

test('samples of one metric stand together under one heading, each with its process [CLI-PROCESSES-01]', () => {
  const page = (value: number) => `# HELP calls Calls.
# TYPE calls counter
calls ${value}
calls{model="a b",path="/{x}"} ${value}

# HELP wait_seconds Waits.
# TYPE wait_seconds histogram
wait_seconds_bucket{le="1"} ${value}
wait_seconds_sum{} ${value}
`
  expect(
    mergeMetrics([
      { process: 1, text: page(1) },
      { process: 2, text: `${page(2)}\n# HELP only Here.\n# TYPE only gauge\nonly 5\n` },
    ]),
  ).toBe(`# HELP calls Calls.
# TYPE calls counter
calls{process="1"} 1
calls{process="1",model="a b",path="/{x}"} 1
calls{process="2"} 2
calls{process="2",model="a b",path="/{x}"} 2

# HELP wait_seconds Waits.
# TYPE wait_seconds histogram
wait_seconds_bucket{process="1",le="1"} 1
wait_seconds_sum{process="1"} 1
wait_seconds_bucket{process="2",le="1"} 2
wait_seconds_sum{process="2"} 2

# HELP only Here.
# TYPE only gauge
only{process="2"} 5
`)
})
