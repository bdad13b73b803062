import { createRandom } from '@heavylift/core/math'
import type { Product } from '../../domain/product.ts'
import type { Choice } from './choice.ts'
import type { ToAnswer } from './prompt.ts'

/** A wish whose answer the catalog tells. */
export interface ExamWish {
  input: Pick<
    ToAnswer,
    'goods' | 'isWhole' | 'lines' | 'message' | 'recent' | 'searched' | 'inSight' | 'focusId'
  >
  isRight: (choice: Choice) => boolean
}

const asked = 6

/**
 * Wishes for goods by their titles, every second of which the model is not given: it has to find the one and to say that there is none. The
 * same for the same goods; none where there are too few.
 */
export function examWishes({ goods }: Pick<ToAnswer, 'goods'>): ExamWish[] {
  const titles = new Set(goods.map(({ title }) => title))
  if (titles.size < asked) return []
  return createRandom(11)
    .sample([...titles], asked)
    .map((title, at) => {
      const isIt = (product: Product) => product.title === title
      const isThere = at % 2 === 0
      return {
        input: {
          goods: isThere ? goods : goods.filter((product) => !isIt(product)),
          // Nothing else is to be searched for.
          isWhole: true,
          lines: [],
          message: title,
          recent: [],
          searched: null,
          inSight: [],
          focusId: null,
        },
        isRight: ({ fits: [first] }) => (isThere ? first !== undefined && isIt(first) : first === undefined),
      }
    })
}
