/** The sample store's rules, for citations. A store replaces them with its own. */
export const samplePolicies: readonly { section: string; title: string; text: string }[] = [
  {
    section: 'returns',
    title: 'Returns',
    text: 'You may return most items within 30 days of delivery for a full refund. Items must be unused and in their packaging. Shoes and clothes may be tried on indoors. Opened food, opened cosmetics, earbuds and nappies cannot be returned for hygiene reasons unless they are faulty.',
  },
  {
    section: 'refunds',
    title: 'Refunds',
    text: 'We refund the original payment method within 5 working days of receiving the return. Return shipping is free for exchanges and for faulty items; otherwise $4.95 is deducted.',
  },
  {
    section: 'shipping',
    title: 'Shipping',
    text: 'Standard shipping takes 2 to 4 working days and costs $4.95. It is free for products marked with free shipping and for orders of $49 and more. Express shipping takes 1 working day and costs $9.95. Furniture is delivered by appointment within 2 weeks.',
  },
  {
    section: 'payment',
    title: 'Payment',
    text: 'We accept cards and bank transfer. Cash on delivery is possible for products marked with it. Your card is charged when the order ships.',
  },
  {
    section: 'warranty',
    title: 'Warranty',
    text: 'Every product carries a warranty of 2 years against defects in material and workmanship. Wear, such as worn studs, soles and batteries, is not covered.',
  },
  {
    section: 'price-match',
    title: 'Price drops',
    text: 'If our own price drops within 14 days of your order, we credit the difference on request.',
  },
]
