import { expect, test } from 'vitest'
import { requirePackages } from '../../src/evals/require-packages.ts'

test('what is not installed is named, with how to install it [MODELS-CONFORM-03]', () => {
  expect(() => requirePackages('The eval', ['zod'])).not.toThrow()
  expect(() => requirePackages('The eval', ['zod', 'not-installed-here', '@nobody/at-all'])).toThrow(
    expect.objectContaining({
      code: 'packages-missing',
      message: expect.stringMatching(/not-installed-here, @nobody\/at-all.*npm install --include=dev/),
    }),
  )
})
