import { expect, it } from 'vitest'
import { readJunit } from '../../src/evals/faces/a2a-eval.ts'

it('reads what passed, what failed and why, and what was left out of a report [AGENTS-PEER-08]', () => {
  const xml = `<testsuites><testsuite name="pytest" tests="3">
    <testcase classname="tests.core.test_a.TestCard" name="test_is_there" time="0.1" />
    <testcase classname="tests.core.test_a.TestCard" name="test_b[jsonrpc]" time="0.1">
      <failure message="AssertionError: got &lt;1&gt;&#10;and &quot;2&quot;">long text</failure></testcase>
    <testcase classname="tests.core.test_c" name="test_d"><skipped type="pytest.skip" message="no gRPC">x</skipped></testcase>
  </testsuite></testsuites>`
  expect(readJunit(xml)).toEqual([
    { name: 'TestCard.test_is_there', outcome: 'passed', why: '' },
    { name: 'TestCard.test_b[jsonrpc]', outcome: 'failed', why: 'AssertionError: got <1> and "2"' },
    { name: 'test_c.test_d', outcome: 'skipped', why: 'no gRPC' },
  ])
})
