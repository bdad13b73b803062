/** Methods of Spring's base of advice, each with the errors that it answers and the status (`ResponseEntityExceptionHandler`, `DefaultHandlerExceptionResolver`). */
export const standardErrors: readonly (readonly [method: string, error: string, status: number])[] = [
  [
    'handleHttpRequestMethodNotSupported',
    'org.springframework.web.HttpRequestMethodNotSupportedException',
    405,
  ],
  ['handleHttpMediaTypeNotSupported', 'org.springframework.web.HttpMediaTypeNotSupportedException', 415],
  ['handleHttpMediaTypeNotAcceptable', 'org.springframework.web.HttpMediaTypeNotAcceptableException', 406],
  ['handleMissingPathVariable', 'org.springframework.web.bind.MissingPathVariableException', 500],
  [
    'handleMissingServletRequestParameter',
    'org.springframework.web.bind.MissingServletRequestParameterException',
    400,
  ],
  [
    'handleMissingServletRequestPart',
    'org.springframework.web.multipart.support.MissingServletRequestPartException',
    400,
  ],
  [
    'handleServletRequestBindingException',
    'org.springframework.web.bind.ServletRequestBindingException',
    400,
  ],
  ['handleMethodArgumentNotValid', 'org.springframework.web.bind.MethodArgumentNotValidException', 400],
  ['handleBindException', 'org.springframework.validation.BindException', 400],
  [
    'handleHandlerMethodValidationException',
    'org.springframework.web.method.annotation.HandlerMethodValidationException',
    400,
  ],
  ['handleNoHandlerFoundException', 'org.springframework.web.servlet.NoHandlerFoundException', 404],
  [
    'handleNoResourceFoundException',
    'org.springframework.web.servlet.resource.NoResourceFoundException',
    404,
  ],
  [
    'handleAsyncRequestTimeoutException',
    'org.springframework.web.context.request.async.AsyncRequestTimeoutException',
    503,
  ],
  [
    'handleMaxUploadSizeExceededException',
    'org.springframework.web.multipart.MaxUploadSizeExceededException',
    413,
  ],
  ['handleConversionNotSupported', 'org.springframework.beans.ConversionNotSupportedException', 500],
  ['handleTypeMismatch', 'org.springframework.beans.TypeMismatchException', 400],
  ['handleHttpMessageNotReadable', 'org.springframework.http.converter.HttpMessageNotReadableException', 400],
  ['handleHttpMessageNotWritable', 'org.springframework.http.converter.HttpMessageNotWritableException', 500],
  ['handleWebExchangeBindException', 'org.springframework.web.bind.support.WebExchangeBindException', 400],
  ['handleServerWebInputException', 'org.springframework.web.server.ServerWebInputException', 400],
]
