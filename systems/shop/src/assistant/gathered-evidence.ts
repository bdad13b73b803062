import type { Evidence } from '../domain/answer.ts'
import { makeEvidence } from './evidence.ts'
import type { Facts } from './facts.ts'
import { quotable } from './quotable.ts'

/** Sentences of reviews, and answers that other shoppers gave. */
export function shopperEvidence(productId: string, facts: Facts): Evidence[] {
  const answers = (facts.questions.get(productId) ?? []).flatMap((question) =>
    question.answers
      .toSorted((a, b) => b.votes - a.votes)
      .slice(0, 2)
      .map((answer) =>
        makeEvidence(
          {
            kind: 'answer',
            text: answer.text,
            question: question.question,
            productId,
            source: { kind: 'question', productId, questionId: question.id },
          },
          facts.lexicon,
        ),
      ),
  )
  const reviews = (facts.digests.get(productId)?.reviews ?? []).flatMap((review) =>
    quotable(review.text).map((sentence) =>
      makeEvidence(
        {
          kind: 'review',
          text: sentence.trim(),
          productId,
          source: { kind: 'review', productId, reviewId: review.id },
        },
        facts.lexicon,
      ),
    ),
  )
  return [...answers, ...reviews]
}

/** What the brand's own page says. */
export function pageEvidence(productId: string, facts: Facts): Evidence[] {
  const page = facts.brandPages.get(productId)
  if (!page) return []
  return page.sentences.map((sentence) =>
    makeEvidence(
      {
        kind: 'page',
        text: sentence.trim(),
        productId,
        source: { kind: 'page', url: page.url },
      },
      facts.lexicon,
    ),
  )
}
