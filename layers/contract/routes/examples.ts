/** Values for the examples of the documentation; user `user` with the password `password`. */
export const examplePullSecret = '{"auths":{"quay.io":{"auth":"dXNlcjpwYXNzd29yZA=="}}}';
export const exampleSshKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILWW+F6kqI5OY3+zusjDcDz6fkUrvEDYh+DySZUmIv+U core@example.org';
