import { test } from 'vitest'
import { answerThroughKills } from './answer-through-kills.ts'

test(
  'a server killed many times while it answers loses no message that it acknowledged [SHOP-ANSWER-10]',
  () => answerThroughKills(20, 3),
  1_200_000,
)
