// REQUIRES: boost, qt6, abseil, glib
// RUN: %check_concord %s %t concord-uncancellable-sleep --std=c++17 -- %qt6 %glib

#include <QThread>
#include <absl/synchronization/notification.h>
#include <absl/time/clock.h>
#include <atomic>
#include <boost/thread/thread.hpp>
#include <glib.h>

void beat();

class Sender : public QThread {
protected:
  void run() override {
    while (!isInterruptionRequested()) {
      beat();
      sleep(5);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: a stop request does not end this sleep of 5 s, so whoever waits for the loop to end may wait as long; wait on a condition variable with a time limit
      QThread::msleep(3000);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: a stop request does not end this sleep of 3 s
      msleep(20);
    }
    while (!stop) {
      beat();
      msleep(2000);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'stop' does not end this sleep of 2 s
    }
  }

private:
  std::atomic<bool> stop{false};
};

void notification(absl::Notification &end) {
  while (!end.HasBeenNotified()) {
    beat();
    absl::SleepFor(absl::Seconds(10));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a stop request does not end this sleep of 10 s
    absl::SleepFor(absl::Milliseconds(10));
  }
}

std::atomic<bool> shutdownRequested{false};
void glib() {
  while (!shutdownRequested) {
    beat();
    g_usleep(5 * G_USEC_PER_SEC);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'shutdownRequested' does not end this sleep of 5 s
  }
}

// Right: an interruption ends the sleep.
void boostThread() {
  while (!boost::this_thread::interruption_requested()) {
    beat();
    boost::this_thread::sleep_for(boost::chrono::seconds(30));
  }
}
