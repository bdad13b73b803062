import { describe, expect, it } from 'vitest'
import { readReport } from '../../src/routes/reports.ts'

describe('a training report', () => {
  it('is read into title, first paragraph and figures with interval and goal [LIVE-DIRECTOR-08]', () => {
    const text = [
      '# Who rushes',
      '',
      'The probability that someone rushes.',
      '',
      '## Measured',
      '',
      '| metric | value  | interval       | goal    |',
      '| ------ | ------ | -------------- | ------- |',
      '| auc    | 0.9511 | 0.933 – 0.9678 | ≥ 0.945 |',
      '| brier  | 0.058  | 0.046 – 0.071  |         |',
      '',
      '## Notes',
    ].join('\n')
    expect(readReport(text)).toEqual({
      title: 'Who rushes',
      lead: 'The probability that someone rushes.',
      metrics: [
        { metric: 'auc', value: '0.9511', interval: '0.933 – 0.9678', goal: '≥ 0.945' },
        { metric: 'brier', value: '0.058', interval: '0.046 – 0.071', goal: '' },
      ],
      text,
    })
  })

  it('may have no table of figures [LIVE-DIRECTOR-08]', () => {
    expect(readReport('# Empty\n').metrics).toEqual([])
  })
})
