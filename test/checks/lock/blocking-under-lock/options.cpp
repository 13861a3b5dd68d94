// RUN: %check_concord %s %t concord-blocking-under-lock --config="{CheckOptions: {concord-blocking-under-lock.InputOutput: true, concord-blocking-under-lock.BlockingFunctions: 'net::fetch=asks the server;.*::slow'}}" -- -D_GNU_SOURCE
#include <cstdio>
#include <mutex>
#include <sys/socket.h>
#include <unistd.h>

namespace net {
int fetch(int);
}
struct Db {
  void slow();
  void fast();
};

class Client {
public:
  void receives(int fd) {
    std::lock_guard<std::mutex> lock(m);
    n = recv(fd, buffer, sizeof buffer, 0);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'recv' waits for something outside the program while 'm' is held; release the lock first
  }
  void named(Db &db) {
    std::lock_guard<std::mutex> lock(m);
    n = net::fetch(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'fetch' asks the server while 'm' is held; release the lock first
    db.slow();
    // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'slow' may block while 'm' is held
    db.fast();
  }
  // Right: does not block.
  void polls(int fd) {
    std::lock_guard<std::mutex> lock(m);
    n = recv(fd, buffer, sizeof buffer, MSG_DONTWAIT);
  }
  // Right: the lock is there for the stream.
  void sends(int fd) {
    std::lock_guard<std::mutex> lock(line);
    send(fd, buffer, sizeof buffer, 0);
  }
  void logs(int fd) {
    std::lock_guard<std::mutex> lock(log_mutex);
    n = write(fd, buffer, 1);
  }

private:
  std::mutex m, line, log_mutex;
  char buffer[16];
  int n = 0;
};
