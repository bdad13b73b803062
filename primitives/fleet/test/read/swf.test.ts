import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JobSink } from '../../src/read/job-sink.ts'
import { createSwfReader } from '../../src/read/swf.ts'
import { writeSwfHeader, writeSwfLine } from '../../src/write/swf.ts'
import { unknownJob } from '../../src/domain/job.ts'
import type { JobRecord } from '../../src/domain/job.ts'

function read(text: string, options: { maxProcessors?: number; pieces?: number } = {}) {
  const jobs: JobRecord[] = []
  const sink = new JobSink({
    ...(options.maxProcessors ? { maxProcessors: options.maxProcessors } : {}),
    onJob: (job) => jobs.push(job),
  })
  const reader = createSwfReader(sink)
  const size = options.pieces ?? text.length
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size))
  reader.end()
  return { jobs, header: reader.header, report: sink.report, maxProcessors: sink.maxProcessors }
}

const line = (values: Partial<JobRecord>) => writeSwfLine({ ...unknownJob(1), ...values })

test('reads all 18 fields and the header comments of SWF, in any pieces [FLEET-READ-01]', () => {
  const text =
    '; Version: 2.2\n;MaxProcs: 64 \n; Note: a: b\n\n 7 10 5 100 4 90.5 2048 8 200 4096 1 3 2 9 1 2 6 30\r\n'
  for (const pieces of [1, 3, 1000]) {
    const { jobs, header, report, maxProcessors } = read(text, { pieces })
    expect(header).toEqual([
      ['Version', '2.2'],
      ['MaxProcs', '64'],
      ['Note', 'a: b'],
    ])
    expect(maxProcessors).toBe(64)
    expect(report.issues()).toEqual([])
    expect(jobs).toEqual([
      {
        id: 7,
        submitS: 10,
        waitS: 5,
        runS: 100,
        processors: 4,
        cpuS: 90.5,
        memoryKb: 2048,
        requestedProcessors: 8,
        requestedS: 200,
        requestedMemoryKb: 4096,
        status: 1,
        user: 3,
        group: 2,
        application: 9,
        queue: 1,
        partition: 2,
        precedingJob: 6,
        thinkS: 30,
        gpuMilli: -1,
      },
    ])
  }
})

test('bad rows have a stated rule, a count and line numbers [FLEET-READ-02]', () => {
  const text =
    '; MaxProcs: 8\n' +
    line({ id: 1, submitS: 100, runS: 10, processors: 2, requestedS: 20 }) + // 2
    line({ id: 2, submitS: 90, runS: 10, processors: 2, requestedS: 20 }) + // 3: out of order
    line({ id: 1, submitS: 110, runS: 10, processors: 2, requestedS: 20 }) + // 4: duplicate
    line({ id: 3, submitS: 120, runS: -1, processors: 2 }) + // 5: no run time
    line({ id: 4, submitS: 120, runS: 5, processors: 9 }) + // 6: too large
    line({ id: 5, submitS: 120, runS: 50, processors: -1, requestedProcessors: 3, requestedS: 20 }) + // 7: over limit
    line({ id: 6, submitS: 120, runS: 0, processors: 1 }) + // 8: zero, no limit
    line({ id: 7, submitS: 120, runS: 5 }) + // 9: no processors
    line({ id: 8, submitS: -1, runS: 5, processors: 1 }) + // 10
    'one two three four five six\n' + // 11
    '1 2\n' // 12
  const { jobs, report } = read(text)
  expect(jobs.map(({ id, processors, requestedS }) => [id, processors, requestedS])).toEqual([
    [1, 2, 20],
    [2, 2, 20],
    [5, 3, 20],
    [6, 1, 0],
  ])
  expect([report.rows, report.accepted, report.refused]).toEqual([11, 4, 7])
  expect(
    Object.fromEntries(report.issues().map(({ rule, count, lines }) => [rule, [count, ...lines]])),
  ).toEqual({
    'not-a-row': [2, 11, 12],
    'duplicate-id': [1, 4],
    'no-limit': [1, 8],
    'no-processors': [1, 9],
    'no-run-time': [1, 5],
    'no-submit-time': [1, 10],
    'out-of-order': [1, 3],
    'over-limit': [1, 7],
    'too-large': [1, 6],
    'zero-run-time': [1, 8],
  })
})

test('what is written is read again the same [FLEET-WRITE-01]', () => {
  const value = fc.integer({ min: -1, max: 1e6 })
  fc.assert(
    fc.property(
      fc.record(
        Object.fromEntries(Object.keys(unknownJob(0)).map((key) => [key, value])) as Record<
          keyof JobRecord,
          typeof value
        >,
      ),
      (made) => {
        const job = {
          ...made,
          id: 1,
          submitS: Math.abs(made.submitS),
          runS: Math.abs(made.runS),
          processors: 4,
          requestedS: Math.abs(made.requestedS),
          gpuMilli: -1,
        }
        const { jobs, header } = read(writeSwfHeader([['MaxProcs', '4']]) + writeSwfLine(job))
        expect(jobs).toEqual([job])
        expect(header).toEqual([
          ['Version', '2.2'],
          ['MaxProcs', '4'],
        ])
      },
    ),
  )
})

test('any text is read to its end, and no more is accepted than there are rows', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('1', ' ', '-', '\n', ';', ':', 'a', '.', '\r'), maxLength: 200 }),
      (text) => {
        const { jobs, report } = read(text, { pieces: 7 })
        expect(jobs.length).toBe(report.accepted)
        expect(report.rows).toBeLessThanOrEqual(text.split('\n').length)
      },
    ),
  )
})
