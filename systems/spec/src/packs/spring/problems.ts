import type { Pack } from '../pack.ts'

/** Zalando's Problem (github.com/zalando/problem, "Creating problems"): each has a status, which problem-spring-web answers. */
export const problemAnswers: NonNullable<Pack['answers']> = {
  'org.zalando.problem.Problem.valueOf': { status: { arg: 0 } },
  // One that is built has a status later.
  'org.zalando.problem.Problem.builder': { status: 500 },
}

/** Those that are thrown: what a class of the program's own extends takes its type, its title and its status. */
export const problemErrors: NonNullable<Pack['errors']> = {
  'org.zalando.problem.AbstractThrowableProblem': { arg: 2, otherwise: 500 },
}

/** Of an advice trait: its name, the method that it has, the error that this takes, and the status. */
export type Trait = readonly [trait: string, method: string, error: string, status: number | 'own']

const web = 'org.springframework.web'

/** Advice traits of problem-spring-web: the methods that they have, the errors that these take and what they answer ("Advice Trait", "Produces"). */
const traits: readonly Trait[] = [
  ['Problem', 'handleProblem', 'org.zalando.problem.ThrowableProblem', 'own'],
  ['UnsupportedOperation', 'handleUnsupportedOperation', 'java.lang.UnsupportedOperationException', 501],
  [
    'MethodNotAllowed',
    'handleRequestMethodNotSupportedException',
    `${web}.HttpRequestMethodNotSupportedException`,
    405,
  ],
  ['NotAcceptable', 'handleMediaTypeNotAcceptable', `${web}.HttpMediaTypeNotAcceptableException`, 406],
  [
    'UnsupportedMediaType',
    'handleMediaTypeNotSupportedException',
    `${web}.HttpMediaTypeNotSupportedException`,
    415,
  ],
  [
    'MessageNotReadable',
    'handleMessageNotReadableException',
    'org.springframework.http.converter.HttpMessageNotReadableException',
    400,
  ],
  ['Multipart', 'handleMultipart', `${web}.multipart.MultipartException`, 400],
  ['TypeMismatch', 'handleTypeMismatch', 'org.springframework.beans.TypeMismatchException', 400],
  ['SocketTimeout', 'handleSocketTimeout', 'java.net.SocketTimeoutException', 504],
  [
    'MissingServletRequestParameter',
    'handleMissingServletRequestParameter',
    `${web}.bind.MissingServletRequestParameterException`,
    400,
  ],
  [
    'MissingServletRequestPart',
    'handleMissingServletRequestPart',
    `${web}.multipart.support.MissingServletRequestPartException`,
    400,
  ],
  ['NoHandlerFound', 'handleNoHandlerFound', `${web}.servlet.NoHandlerFoundException`, 404],
  ['ServletRequestBinding', 'handleServletRequestBinding', `${web}.bind.ServletRequestBindingException`, 400],
  [
    'ConstraintViolation',
    'handleConstraintViolation',
    'jakarta.validation.ConstraintViolationException',
    400,
  ],
  ['ConstraintViolation', 'handleConstraintViolation', 'javax.validation.ConstraintViolationException', 400],
  [
    'MethodArgumentNotValid',
    'handleMethodArgumentNotValid',
    `${web}.bind.MethodArgumentNotValidException`,
    400,
  ],
  [
    'SecurityAuthentication',
    'handleAuthentication',
    'org.springframework.security.core.AuthenticationException',
    401,
  ],
  [
    'SecurityAccessDenied',
    'handleAccessDenied',
    'org.springframework.security.access.AccessDeniedException',
    403,
  ],
]

/** What takes several of them together. */
const together: Record<string, readonly string[]> = {
  General: ['Problem', 'UnsupportedOperation'],
  Http: ['MethodNotAllowed', 'NotAcceptable', 'UnsupportedMediaType'],
  IO: ['MessageNotReadable', 'Multipart', 'TypeMismatch'],
  Network: ['SocketTimeout'],
  Routing: [
    'MissingServletRequestParameter',
    'MissingServletRequestPart',
    'NoHandlerFound',
    'ServletRequestBinding',
  ],
  Validation: ['ConstraintViolation', 'MethodArgumentNotValid'],
  Security: ['SecurityAuthentication', 'SecurityAccessDenied'],
}
const all = ['General', 'Http', 'IO', 'Network', 'Routing', 'Validation']

/** What the traits among the bases of an advice answer by themselves: of those that the library's `ProblemHandling` has, and of security. */
export function traitsOf(bases: readonly string[]): Trait[] {
  const names = bases.flatMap((base) => {
    const name = /^org\.zalando\.problem\.spring\.\w+\.advice\.(?:\w+\.)*(\w+)$/.exec(base)?.[1] ?? ''
    const groups = name === 'ProblemHandling' ? all : [name.replace(/AdviceTrait$/, '')]
    return groups.flatMap((one) => together[one] ?? [one])
  })
  return traits.filter(([trait]) => names.includes(trait))
}
