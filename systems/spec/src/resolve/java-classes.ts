import { ownTable } from '../parse/own-table.ts'

/** What exceptions of Java's libraries extend: the Java SE API, Jackson, Jakarta, Spring Framework, Spring Security and Zalando's Problem (their API documentation). */
const parents: Record<string, string> = ownTable({
  ...family('java.lang.Throwable', ['java.lang.Exception', 'java.lang.Error']),
  ...family('java.lang.Exception', [
    'java.lang.RuntimeException',
    'java.lang.ReflectiveOperationException',
    'java.lang.CloneNotSupportedException',
    'java.lang.InterruptedException',
    'java.io.IOException',
    'java.net.URISyntaxException',
    'java.security.GeneralSecurityException',
    'java.sql.SQLException',
    'java.text.ParseException',
    'java.util.concurrent.ExecutionException',
    'java.util.concurrent.TimeoutException',
    'javax.servlet.ServletException',
    'jakarta.servlet.ServletException',
    'javax.naming.NamingException',
  ]),
  ...family('java.lang.ReflectiveOperationException', [
    'java.lang.ClassNotFoundException',
    'java.lang.NoSuchMethodException',
    'java.lang.NoSuchFieldException',
  ]),
  ...family('java.io.IOException', [
    'java.io.FileNotFoundException',
    'java.io.UnsupportedEncodingException',
    'java.net.MalformedURLException',
    'java.net.UnknownHostException',
    'java.nio.file.FileSystemException',
    'com.fasterxml.jackson.core.JacksonException',
  ]),
  ...family('java.nio.file.FileSystemException', [
    'java.nio.file.NoSuchFileException',
    'java.nio.file.FileAlreadyExistsException',
    'java.nio.file.AccessDeniedException',
  ]),
  ...family('com.fasterxml.jackson.core.JacksonException', [
    'com.fasterxml.jackson.core.JsonProcessingException',
  ]),
  ...family('com.fasterxml.jackson.core.JsonProcessingException', [
    'com.fasterxml.jackson.core.JsonParseException',
    'com.fasterxml.jackson.databind.JsonMappingException',
  ]),
  ...family('com.fasterxml.jackson.databind.JsonMappingException', [
    'com.fasterxml.jackson.databind.exc.MismatchedInputException',
  ]),
  ...family('com.fasterxml.jackson.databind.exc.MismatchedInputException', [
    'com.fasterxml.jackson.databind.exc.InvalidFormatException',
  ]),
  ...family('java.lang.SecurityException', [
    'io.quarkus.security.ForbiddenException',
    'io.quarkus.security.UnauthorizedException',
    'io.quarkus.security.AuthenticationFailedException',
    'io.quarkus.security.AuthenticationCompletionException',
  ]),
  ...family('java.security.GeneralSecurityException', ['java.security.NoSuchAlgorithmException']),
  ...family('java.lang.RuntimeException', [
    'java.lang.IllegalArgumentException',
    'java.lang.IllegalStateException',
    'java.lang.NullPointerException',
    'java.lang.UnsupportedOperationException',
    'java.lang.ClassCastException',
    'java.lang.IndexOutOfBoundsException',
    'java.lang.ArithmeticException',
    'java.lang.SecurityException',
    'java.io.UncheckedIOException',
    'java.time.DateTimeException',
    'java.util.ConcurrentModificationException',
    'java.util.NoSuchElementException',
    'java.util.concurrent.CompletionException',
    'java.util.concurrent.RejectedExecutionException',
    'javax.validation.ValidationException',
    'jakarta.validation.ValidationException',
    'javax.persistence.PersistenceException',
    'jakarta.persistence.PersistenceException',
    'javax.ws.rs.WebApplicationException',
    'jakarta.ws.rs.WebApplicationException',
    'javax.ws.rs.ProcessingException',
    'jakarta.ws.rs.ProcessingException',
    'org.springframework.core.NestedRuntimeException',
    'org.springframework.security.access.AccessDeniedException',
    'org.springframework.security.core.AuthenticationException',
    'io.micronaut.http.exceptions.HttpException',
    'io.micronaut.core.convert.exceptions.ConversionErrorException',
    'org.apache.shiro.ShiroException',
    'cn.dev33.satoken.exception.SaTokenException',
  ]),
  ...family('org.apache.shiro.ShiroException', [
    'org.apache.shiro.authz.AuthorizationException',
    'org.apache.shiro.authc.AuthenticationException',
  ]),
  ...family('org.apache.shiro.authz.AuthorizationException', [
    'org.apache.shiro.authz.UnauthorizedException',
    'org.apache.shiro.authz.UnauthenticatedException',
  ]),
  ...family('org.apache.shiro.authc.AuthenticationException', [
    'org.apache.shiro.authc.AccountException',
    'org.apache.shiro.authc.CredentialsException',
  ]),
  ...family(
    'cn.dev33.satoken.exception.SaTokenException',
    ['NotLogin', 'NotRole', 'NotPermission', 'DisableService'].map(
      (name) => `cn.dev33.satoken.exception.${name}Exception`,
    ),
  ),
  ...family('java.lang.IllegalArgumentException', [
    'java.lang.NumberFormatException',
    'java.nio.file.InvalidPathException',
    'java.util.regex.PatternSyntaxException',
  ]),
  ...family('java.lang.IllegalStateException', ['java.util.concurrent.CancellationException']),
  ...family('java.time.DateTimeException', ['java.time.format.DateTimeParseException']),
  ...family('javax.validation.ValidationException', ['javax.validation.ConstraintViolationException']),
  ...family('jakarta.validation.ValidationException', ['jakarta.validation.ConstraintViolationException']),
  ...Object.assign(
    {},
    ...['javax', 'jakarta'].map((root) => ({
      ...family(
        `${root}.persistence.PersistenceException`,
        ['EntityNotFound', 'EntityExists', 'NoResult', 'OptimisticLock'].map(
          (name) => `${root}.persistence.${name}Exception`,
        ),
      ),
      ...family(`${root}.ws.rs.WebApplicationException`, [
        `${root}.ws.rs.ClientErrorException`,
        `${root}.ws.rs.ServerErrorException`,
        `${root}.ws.rs.RedirectionException`,
      ]),
      ...family(
        `${root}.ws.rs.ClientErrorException`,
        [
          'BadRequest',
          'NotAuthorized',
          'Forbidden',
          'NotFound',
          'NotAllowed',
          'NotAcceptable',
          'NotSupported',
        ].map((name) => `${root}.ws.rs.${name}Exception`),
      ),
      ...family(
        `${root}.ws.rs.ServerErrorException`,
        ['InternalServerError', 'ServiceUnavailable'].map((name) => `${root}.ws.rs.${name}Exception`),
      ),
      ...family(`${root}.servlet.ServletException`, [`${root}.servlet.UnavailableException`]),
    })),
  ),
  ...family('io.micronaut.http.exceptions.HttpException', [
    'io.micronaut.http.exceptions.HttpStatusException',
  ]),
  ...family('org.springframework.core.NestedRuntimeException', [
    'org.springframework.dao.DataAccessException',
    'org.springframework.beans.BeansException',
    'org.springframework.http.converter.HttpMessageConversionException',
    'org.springframework.web.ErrorResponseException',
    'org.springframework.web.client.RestClientException',
    'org.springframework.web.multipart.MultipartException',
    'org.springframework.transaction.TransactionException',
    'org.zalando.problem.ThrowableProblem',
  ]),
  ...family('org.zalando.problem.ThrowableProblem', [
    'org.zalando.problem.AbstractThrowableProblem',
    'org.zalando.problem.violations.ConstraintViolationProblem',
  ]),
  ...family('org.zalando.problem.AbstractThrowableProblem', ['org.zalando.problem.DefaultProblem']),
  ...family('org.springframework.beans.BeansException', ['org.springframework.beans.TypeMismatchException']),
  ...family('org.springframework.beans.TypeMismatchException', [
    'org.springframework.beans.ConversionNotSupportedException',
    'org.springframework.web.method.annotation.MethodArgumentTypeMismatchException',
  ]),
  ...family('org.springframework.http.converter.HttpMessageConversionException', [
    'org.springframework.http.converter.HttpMessageNotReadableException',
    'org.springframework.http.converter.HttpMessageNotWritableException',
  ]),
  ...family('org.springframework.web.ErrorResponseException', [
    'org.springframework.web.server.ResponseStatusException',
  ]),
  ...family('org.springframework.web.server.ResponseStatusException', [
    'org.springframework.web.server.ServerWebInputException',
    'org.springframework.web.server.MethodNotAllowedException',
    'org.springframework.web.server.NotAcceptableStatusException',
    'org.springframework.web.server.UnsupportedMediaTypeStatusException',
    'org.springframework.web.server.ServerErrorException',
    'org.springframework.web.method.annotation.HandlerMethodValidationException',
  ]),
  ...family('org.springframework.web.server.ServerWebInputException', [
    'org.springframework.web.bind.support.WebExchangeBindException',
    'org.springframework.web.server.MissingRequestValueException',
  ]),
  ...family('org.springframework.web.multipart.MultipartException', [
    'org.springframework.web.multipart.MaxUploadSizeExceededException',
  ]),
  ...Object.assign(
    {},
    ...['javax', 'jakarta'].map((root) =>
      family(`${root}.servlet.ServletException`, [
        'org.springframework.web.HttpRequestMethodNotSupportedException',
        'org.springframework.web.HttpMediaTypeException',
        'org.springframework.web.bind.ServletRequestBindingException',
        'org.springframework.web.servlet.NoHandlerFoundException',
        'org.springframework.web.servlet.resource.NoResourceFoundException',
        'org.springframework.web.multipart.support.MissingServletRequestPartException',
      ]),
    ),
  ),
  ...family('org.springframework.web.HttpMediaTypeException', [
    'org.springframework.web.HttpMediaTypeNotSupportedException',
    'org.springframework.web.HttpMediaTypeNotAcceptableException',
  ]),
  ...family('org.springframework.web.bind.ServletRequestBindingException', [
    'org.springframework.web.bind.MissingRequestValueException',
    'org.springframework.web.bind.UnsatisfiedServletRequestParameterException',
  ]),
  ...family(
    'org.springframework.web.bind.MissingRequestValueException',
    [
      'MissingServletRequestParameter',
      'MissingPathVariable',
      'MissingRequestHeader',
      'MissingRequestCookie',
    ].map((name) => `org.springframework.web.bind.${name}Exception`),
  ),
  'org.springframework.validation.BindException': 'java.lang.Exception',
  'org.springframework.web.bind.MethodArgumentNotValidException':
    'org.springframework.validation.BindException',
  ...family('org.springframework.dao.DataAccessException', [
    'org.springframework.dao.NonTransientDataAccessException',
    'org.springframework.dao.TransientDataAccessException',
  ]),
  ...family('org.springframework.dao.NonTransientDataAccessException', [
    'org.springframework.dao.DataIntegrityViolationException',
    'org.springframework.dao.DataRetrievalFailureException',
    'org.springframework.dao.InvalidDataAccessApiUsageException',
  ]),
  ...family('org.springframework.dao.DataIntegrityViolationException', [
    'org.springframework.dao.DuplicateKeyException',
  ]),
  ...family('org.springframework.dao.DataRetrievalFailureException', [
    'org.springframework.dao.IncorrectResultSizeDataAccessException',
  ]),
  ...family('org.springframework.dao.IncorrectResultSizeDataAccessException', [
    'org.springframework.dao.EmptyResultDataAccessException',
  ]),
  ...family('org.springframework.web.client.RestClientException', [
    'org.springframework.web.client.RestClientResponseException',
    'org.springframework.web.client.ResourceAccessException',
  ]),
  ...family('org.springframework.web.client.RestClientResponseException', [
    'org.springframework.web.client.HttpStatusCodeException',
  ]),
  ...family('org.springframework.web.client.HttpStatusCodeException', [
    'org.springframework.web.client.HttpClientErrorException',
    'org.springframework.web.client.HttpServerErrorException',
  ]),
  ...family('org.springframework.security.access.AccessDeniedException', [
    'org.springframework.security.authorization.AuthorizationDeniedException',
  ]),
  ...family('org.springframework.security.core.AuthenticationException', [
    'org.springframework.security.authentication.BadCredentialsException',
    'org.springframework.security.authentication.AccountStatusException',
    'org.springframework.security.authentication.AuthenticationServiceException',
    'org.springframework.security.authentication.InsufficientAuthenticationException',
    'org.springframework.security.authentication.AuthenticationCredentialsNotFoundException',
    'org.springframework.security.core.userdetails.UsernameNotFoundException',
    'org.springframework.security.oauth2.core.OAuth2AuthenticationException',
  ]),
  ...family('org.springframework.security.oauth2.core.OAuth2AuthenticationException', [
    'org.springframework.security.oauth2.server.resource.InvalidBearerTokenException',
  ]),
  ...family(
    'org.springframework.security.authentication.AccountStatusException',
    ['Disabled', 'Locked', 'AccountExpired', 'CredentialsExpired'].map(
      (name) => `org.springframework.security.authentication.${name}Exception`,
    ),
  ),
})

function family(parent: string, children: readonly string[]): Record<string, string> {
  return Object.fromEntries(children.map((child) => [child, parent]))
}

/** All that an exception of a library extends, the nearest first; empty where it is not known. */
export function javaParents(path: string): string[] {
  const found: string[] = []
  for (let one = parents[path]; one !== undefined; one = parents[one]) found.push(one)
  return found
}

/** Whether it is known what an exception of a library extends. */
export const isKnownJava = (path: string): boolean => path in parents || path === 'java.lang.Throwable'
