const facts = [
  'Orders over fifty dollars ship free within the country and arrive in two to four working days.',
  'Returns are free for thirty days when the tags are still on; refunds reach the card within a week.',
  'Gift cards never lapse, can be split over several orders and are not paid out in cash.',
  'Shirts run small, so that most people who are between two sizes take the larger one.',
  'The cotton is grown without irrigation and spun two hours from where the cloth is woven.',
  'Shoes are made on four lasts; the wide one fits insoles that a doctor has prescribed.',
  'The members’ programme gives a twentieth of each purchase back as credit at the end of a season.',
  'Stores repair zips, buttons and seams without charge for as long as the piece is worn.',
]

export const questions = [
  'Do you have a red shirt in large?',
  'How long does shipping take to Ohio?',
  'Can I return socks that I have worn once?',
  'Which shoes are good for wide feet?',
  'Is the cotton in the blue dress organic?',
  'What can I buy for a boy of seven?',
  'Does a gift card ever lapse?',
  'Where do I find my member credit?',
  'Is there a warm jacket under eighty dollars?',
  'Can you repair a broken zip for me?',
  'Which size should I take, M or L?',
  'Do you sell belts made in Italy?',
  'What goes well with grey trousers?',
  'Are the boots safe in heavy rain?',
  'When does the winter sale begin?',
  'Can I pick my order up at a store?',
]

/** A shop's instructions of about 32 tokens a fact. `salt` makes their first words, so all of them, unknown to any cache. */
export function systemPrompt(salt: string, count: number): string {
  const lines = Array.from({ length: count }, (_, at) => `${at + 1}. ${facts[at % facts.length]}`)
  return `Shop ${salt}. You are its assistant. Answer briefly and only from these facts.\n${lines.join('\n')}`
}
