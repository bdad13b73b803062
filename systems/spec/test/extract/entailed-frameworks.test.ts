import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('an error of a table of errors is answered by the handler of its own class, with the status that it holds [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'src/main/java/desk/DeskError.java': `package desk;
import lombok.Getter;
import org.springframework.http.HttpStatus;
@Getter
public class DeskError extends RuntimeException {
  private final HttpStatus status;
  public DeskError(String message, HttpStatus status) { super(message); this.status = status; }
}
`,
    'src/main/java/desk/Problem.java': `package desk;
import org.springframework.http.HttpStatus;
public enum Problem {
  NO_LOAN(HttpStatus.NOT_FOUND, "There is no such loan"),
  CLOSED(HttpStatus.CONFLICT, "It is closed");
  private final HttpStatus status;
  private final String message;
  Problem(HttpStatus status, String message) { this.status = status; this.message = message; }
  public DeskError make() { return new DeskError(message, this.status); }
}
`,
    'src/main/java/desk/Handler.java': `package desk;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
@RestControllerAdvice
public class Handler {
  @ExceptionHandler(DeskError.class)
  public ResponseEntity<String> own(DeskError ex) { return new ResponseEntity<>(ex.getMessage(), ex.getStatus()); }
  @ExceptionHandler(Exception.class)
  public ResponseEntity<String> any(Exception ex) { return new ResponseEntity<>("broken", HttpStatus.INTERNAL_SERVER_ERROR); }
}
`,
    'src/main/java/desk/Loans.java': `package desk;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
@RestController
public class Loans {
  private LoanRepository loans;
  @GetMapping("/loans/{id}")
  public Loan show(@PathVariable long id) {
    Loan loan = loans.findById(id).orElseThrow(() -> Problem.NO_LOAN.make());
    if (!loan.isOpen()) throw Problem.CLOSED.make();
    return loan;
  }
}
`,
  })
  const errors = factsOf(set.facts, 'error').filter(({ grade }) => grade === 'proved')
  const [operation] = factsOf(set.facts, 'operation')
  expect(errors.map((one) => sayFact(one, operation ? operationTitle(operation) : '')).toSorted()).toEqual([
    expect.stringMatching(/isOpen\(\)` does not hold, THEN .* answer 409/),
    expect.stringMatching(
      /^IF, for GET \/loans\/\{id\}, `loans\.findById\(path\.id\)` is missing, THEN .* answer 404/,
    ),
  ])
})

test('making a thing looks none up, and views of other packages say themselves who may call [SPEC-EXTRACT-06]', async () => {
  const { set, ...rest } = await extractFiles({
    'requirements.txt': 'django\ndjangorestframework\ndjangorestframework-simplejwt\n',
    'settings.py': `
REST_FRAMEWORK = {
  "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
  "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
}
`,
    'views.py': `
from rest_framework import serializers, viewsets
from rest_framework_simplejwt.views import TokenObtainPairView
class AlbumSerializer(serializers.Serializer):
    name = serializers.CharField()
class Albums(viewsets.ModelViewSet):
    serializer_class = AlbumSerializer
    def get_queryset(self):
        return albums_of(self.request.query_params.get("owner"))
class SignIn(TokenObtainPairView):
    def post(self, request):
        return super().post(request)
`,
    'urls.py': `
from django.urls import include, path
from rest_framework.routers import DefaultRouter
from views import Albums, SignIn
router = DefaultRouter()
router.register("albums", Albums, basename="albums")
urlpatterns = [path("token/", SignIn.as_view()), path("", include(router.urls))]
`,
  })
  const found = summarize({ set, ...rest })
  expect(found.parameters['GET /albums/']).toContain('query owner')
  expect(found.parameters['POST /albums/']).toEqual(['body name'])
  expect(found.statuses['GET /albums/']).toContain(401)
  const title = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(factsOf(set.facts, 'guard').map(({ operation }) => title.get(operation))).not.toContain(
    'POST /token/',
  )
})

test('a variable of the path is never missing where the path has it [SPEC-EXTRACT-06]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'app.js': `
const express = require('express')
const app = express()
const check = (req, res, next) => {
  if (!req.params.id) return res.status(400).json({ error: 'Whose is it?' })
  if (req.params.id === '0') return res.status(404).json({ error: 'None' })
  next()
}
app.delete('/notes/:id', check, (req, res) => res.json({}))
`,
    }),
  )
  expect(found.statuses['DELETE /notes/{id}']).toEqual([200, 404])
})
