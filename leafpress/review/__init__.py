"""What people work on outside the program, and taking back what they return."""
