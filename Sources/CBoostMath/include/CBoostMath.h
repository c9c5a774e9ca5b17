// The distribution functions of Boost.Math 1.74 behind a C interface. There is no mathematics of our own here:
// each function forwards to Boost under one error policy.
//
// For a distribution D with parameters θ:
//   cboost_D_pdf(x, θ)        density, or probability of the count x
//   cboost_D_cdf(x, θ)        P(X <= x)
//   cboost_D_ccdf(x, θ)       P(X > x), without the cancellation of 1 - cdf
//   cboost_D_quantile(p, θ)   the x at which the distribution function reaches p
//   cboost_D_cquantile(q, θ)  the x at which the complement falls to q
//
// Policy: nothing throws and errno is left alone. A domain, pole, evaluation or rounding error gives NaN;
// an overflow gives an infinity. Quantiles of counts are rounded up to a whole number (Boost's own default
// rounds outwards, that is down in the lower half).
#pragma once

#ifdef __cplusplus
#define CBOOST_FUNCTION extern "C"
#else
#define CBOOST_FUNCTION
#endif

#define CBOOST_DECLARE(name, first, second)                          \
  CBOOST_FUNCTION double cboost_##name##_pdf(double x, double first, double second);      \
  CBOOST_FUNCTION double cboost_##name##_cdf(double x, double first, double second);      \
  CBOOST_FUNCTION double cboost_##name##_ccdf(double x, double first, double second);     \
  CBOOST_FUNCTION double cboost_##name##_quantile(double p, double first, double second); \
  CBOOST_FUNCTION double cboost_##name##_cquantile(double q, double first, double second);

#define CBOOST_DECLARE_ONE(name, parameter)                          \
  CBOOST_FUNCTION double cboost_##name##_pdf(double x, double parameter);      \
  CBOOST_FUNCTION double cboost_##name##_cdf(double x, double parameter);      \
  CBOOST_FUNCTION double cboost_##name##_ccdf(double x, double parameter);     \
  CBOOST_FUNCTION double cboost_##name##_quantile(double p, double parameter); \
  CBOOST_FUNCTION double cboost_##name##_cquantile(double q, double parameter);

CBOOST_DECLARE(normal, mean, standard_deviation)
CBOOST_DECLARE_ONE(student_t, degrees_of_freedom)
CBOOST_DECLARE(gamma, shape, scale)
CBOOST_DECLARE(beta, alpha, beta)
CBOOST_DECLARE_ONE(poisson, mean)
CBOOST_DECLARE(negative_binomial, size, probability)
CBOOST_DECLARE(binomial, trials, probability)

/// The logarithm of |Γ(x)|.
CBOOST_FUNCTION double cboost_log_gamma(double x);

#undef CBOOST_DECLARE
#undef CBOOST_DECLARE_ONE
#undef CBOOST_FUNCTION
