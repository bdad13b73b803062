import { expect, test } from 'vitest'
import { FaultDetector } from '../../src/faults/fault-detector.ts'

test('a node that crashes on different chunks is faulty, one that crashes on the same chunk again is not [JOBS-FAULT-01]', () => {
  const faults = new FaultDetector(2)
  expect(faults.addCrash('n1', 4)).toBe(false)
  expect(faults.addCrash('n1', 4)).toBe(false)
  expect(faults.addCrash('n2', 4)).toBe(false)
  expect(faults.addCrash('n1', 5)).toBe(true)
  expect(faults.addCrash('n1', 6)).toBe(false)
  expect(faults.faultyNodes()).toEqual(['n1'])
})

test('a chunk that was done between clears a node, but not one that is faulty already [JOBS-FAULT-01]', () => {
  const faults = new FaultDetector(2)
  faults.addCrash('n1', 1)
  faults.addSuccess('n1')
  expect(faults.addCrash('n1', 2)).toBe(false)
  faults.addCrash('n1', 3)
  faults.addSuccess('n1')
  expect(faults.faultyNodes()).toEqual(['n1'])
})
