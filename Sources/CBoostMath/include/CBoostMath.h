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
// an overflow gives an infinity.
//
// Quantiles of counts are left out on purpose. Boost's search for them does not end under this policy for refused
// parameters (a Poisson mean of -1) nor for some valid ones from means of about 10^10 up, and gives wrong counts at a
// mean of 10^15. A search over the distribution function takes their place in Swift.
#pragma once

#ifdef __cplusplus
#define CBOOST_FUNCTION extern "C"
#else
#define CBOOST_FUNCTION
#endif

CBOOST_FUNCTION double cboost_normal_pdf(double x, double mean, double standard_deviation);
CBOOST_FUNCTION double cboost_normal_cdf(double x, double mean, double standard_deviation);
CBOOST_FUNCTION double cboost_normal_ccdf(double x, double mean, double standard_deviation);
CBOOST_FUNCTION double cboost_normal_quantile(double p, double mean, double standard_deviation);
CBOOST_FUNCTION double cboost_normal_cquantile(double q, double mean, double standard_deviation);

CBOOST_FUNCTION double cboost_student_t_pdf(double x, double degrees_of_freedom);
CBOOST_FUNCTION double cboost_student_t_cdf(double x, double degrees_of_freedom);
CBOOST_FUNCTION double cboost_student_t_ccdf(double x, double degrees_of_freedom);
CBOOST_FUNCTION double cboost_student_t_quantile(double p, double degrees_of_freedom);
CBOOST_FUNCTION double cboost_student_t_cquantile(double q, double degrees_of_freedom);

CBOOST_FUNCTION double cboost_gamma_pdf(double x, double shape, double scale);
CBOOST_FUNCTION double cboost_gamma_cdf(double x, double shape, double scale);
CBOOST_FUNCTION double cboost_gamma_ccdf(double x, double shape, double scale);
CBOOST_FUNCTION double cboost_gamma_quantile(double p, double shape, double scale);
CBOOST_FUNCTION double cboost_gamma_cquantile(double q, double shape, double scale);

CBOOST_FUNCTION double cboost_beta_pdf(double x, double alpha, double beta);
CBOOST_FUNCTION double cboost_beta_cdf(double x, double alpha, double beta);
CBOOST_FUNCTION double cboost_beta_ccdf(double x, double alpha, double beta);
CBOOST_FUNCTION double cboost_beta_quantile(double p, double alpha, double beta);
CBOOST_FUNCTION double cboost_beta_cquantile(double q, double alpha, double beta);

CBOOST_FUNCTION double cboost_poisson_pdf(double count, double mean);
CBOOST_FUNCTION double cboost_poisson_cdf(double count, double mean);
CBOOST_FUNCTION double cboost_poisson_ccdf(double count, double mean);

CBOOST_FUNCTION double cboost_negative_binomial_pdf(double count, double size, double probability);
CBOOST_FUNCTION double cboost_negative_binomial_cdf(double count, double size, double probability);
CBOOST_FUNCTION double cboost_negative_binomial_ccdf(double count, double size, double probability);

CBOOST_FUNCTION double cboost_binomial_pdf(double count, double trials, double probability);
CBOOST_FUNCTION double cboost_binomial_cdf(double count, double trials, double probability);
CBOOST_FUNCTION double cboost_binomial_ccdf(double count, double trials, double probability);

/// The logarithm of |Γ(x)|.
CBOOST_FUNCTION double cboost_log_gamma(double x);

#undef CBOOST_FUNCTION
