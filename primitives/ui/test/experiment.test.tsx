// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { ExperimentView } from '../src/index.ts'
import { renderPage } from '../src/testing/index.ts'

const interval = (estimate: number, low: number, high: number) => ({ estimate, low, high })

const report = {
  arms: [
    { arm: 'off', units: 116, converted: 25, rate: interval(0.22, 0.15, 0.3), value: 25 },
    { arm: 'agent', units: 124, converted: 3, rate: interval(0.024, 0.008, 0.069), value: 3 },
  ],
  waiting: 0,
  uplift: interval(-0.89, -0.97, -0.64),
  difference: interval(-0.19, -0.27, -0.11),
  sequentialPValue: 0.000008,
}

test.each([
  ['fewer', 'It helps'],
  ['more', 'It hurts'],
] as const)('with %s of the outcome better, fewer of it: %s [UI-EXPERIMENT-01]', async (betterIs, said) => {
  const page = await renderPage(() => (
    <ExperimentView report={report} outcome="defect" units="addresses" betterIs={betterIs} />
  ))
  expect(await page.findByText(said)).toBeTruthy()
  expect(page.getAllByText('Addresses').length).toBeGreaterThan(0)
})
