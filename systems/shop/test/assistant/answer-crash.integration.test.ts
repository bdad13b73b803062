import { test } from 'vitest'
import { answerThroughKills } from './answer-through-kills.ts'

test(
  'a server killed while it answers loses no message that it acknowledged, and answers after the restart [SHOP-ANSWER-10]',
  () => answerThroughKills(1, 2),
  180_000,
)
