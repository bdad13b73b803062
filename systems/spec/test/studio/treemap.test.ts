import fc from 'fast-check'
import { expect, test } from 'vitest'
import { squarify } from '../../console/studio/treemap.ts'

const frame = { x: 0, y: 0, width: 1000, height: 460 }

test('fills its frame with areas as the values, none over another [SPEC-STUDIO-01]', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 60 }), (values) => {
      const falling = values.toSorted((a, b) => b - a)
      const total = falling.reduce((sum, value) => sum + value, 0)
      const fields = squarify(falling, frame)
      for (const [at, { x, y, width, height }] of fields.entries()) {
        expect(width * height).toBeCloseTo(((falling[at] ?? 0) / total) * 1000 * 460, 3)
        expect(x >= -1e-6 && y >= -1e-6 && x + width <= 1000 + 1e-6 && y + height <= 460 + 1e-6).toBe(true)
      }
      const overlap = fields.some((a, i) =>
        fields.some(
          (b, j) =>
            i < j &&
            Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1e-6 &&
            Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1e-6,
        ),
      )
      expect(overlap).toBe(false)
    }),
    { numRuns: 50 },
  )
})
